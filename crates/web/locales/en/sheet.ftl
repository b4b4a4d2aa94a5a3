# 서식 — typed forms of services, on citizens' and officials' pages.
sheet-form = Form: { $name } ({ $basis })
sheet-unsure = Form to be confirmed
sheet-more = Other files, and who may read it
sheet-when = Only in this case: { $label } – { $values }.
sheet-example = For example: { $text }
sheet-basis = Why we may ask: { $law }
sheet-looked-up = Not needed if you agree that we look it up ourselves.
sheet-document = Required document
sheet-kept = Already uploaded:
sheet-choose = Please choose
desk-sheet-missing = Required documents not uploaded:

preview-missing = Some required documents are not there yet.
preview-missing-text = You can file without them. If the department asks for them, the time until they arrive does not count as handling time, so the result may come later. You can then send them on this site, by post or in person.
preview-resident = There seems to be a resident registration number.
preview-resident-text = This application does not need it. Please remove it from “{ $fields }” before sending. If it is another number, you can file as it is.

form-fault-required = { $field }: please fill this in.
form-fault-not-chosen = { $field }: please choose one.
form-fault-not-agreed = { $field }: please read and agree; without it you cannot file.
form-fault-not-a-choice = { $field }: please choose one of those shown.
form-fault-too-long = { $field }: at most { $limit } characters.
form-fault-not-a-line = { $field }: please write on one line.
form-fault-not-a-number = { $field }: please write a number.
form-fault-too-fine = { $field }: { $limit ->
    [0] no digits behind the point, please.
   *[other] at most { $limit } digits behind the point.
}
form-fault-too-small = { $field }: at least { $limit }.
form-fault-too-great = { $field }: at most { $limit }.
form-fault-not-a-date = { $field }: please write the date as 2026-07-01.
form-fault-in-future = { $field }: please write today's date or an earlier one.
form-fault-in-past = { $field }: please write today's date or a later one.
form-fault-not-a-phone = { $field }: please write the number with its area code, such as 02-000-1010.
form-fault-not-a-mail = { $field }: please write a mail address such as name@example.com.
form-fault-not-a-business = { $field }: please check the ten digits of the business registration number.
form-fault-not-a-corporation = { $field }: please write the thirteen digits of the corporation number.
form-fault-unknown = { $field }: this form has no such field. Please open the page again.
refusal-form_unfit = Something in the form has to be corrected. Please check it again.
refusal-other_law = Requests for disclosure and petitions are under different laws; one cannot be reclassified as the other.

kind-disclosure = Request for disclosure
outcome-disclosed = Disclosed
result-disclosed = Disclosed
outcome-partly_disclosed = Disclosed in part
result-partly_disclosed = Disclosed in part
outcome-not_disclosed = Not disclosed
result-not_disclosed = Not disclosed
outcome-no_information = No such information
result-no_information = No such information
outcome-said = { $word }
