# Document system and deemed decisions — words of the exchange with an outside document system, and of deemed decisions.

deed-register_document = Register in the document system
deed-refuse_registration = Refused by the document system
deed-record_deemed = Record deemed decision

event-approved-unnumbered = Approved — waiting for the document system
event-document_registered = Registered in the document system — number { $document }, on { $on }
event-registration_refused = Refused by the document system
event-deemed_decided = Recorded: { $outcome } — from { $since }

refusal-number_awaited = The document system has not given the number yet. The answer can be sent once it has.
refusal-registration_unfit = What the document system answered does not fit the approved document.
refusal-not_deemed = No law deems this service decided when its period passes.
refusal-deemed_not_yet = The due date has not passed yet.

flag-number_awaited = waiting for the document system
flag-deemed_soon = soon deemed decided
flag-deemed_at = period over, to be recorded

aside-number = Waiting for the document system since { $since }
aside-number-slow = The document system has not answered for more than a day (waiting since { $since })
aside-registered = Registered in the document system: { $document } ({ $on })

desk-deemed-note = How the period came to pass
desk-about-record_deemed = Records that the period has passed and the law deems the petition accepted or granted, and tells the petitioner. The system never decides this by itself.
desk-about-deemed_accepted = It counts as accepted
desk-about-deemed_granted = It counts as granted

desk-records = Document numbers
desk-records-own = our own series
desk-records-outside = outside document system
desk-records-none = nothing waits
desk-records-waiting = { $n } waiting, since { $since }
desk-records-slow = slow to answer
desk-records-aside = { $n } answers need a look (in/aside of the exchange folder)

result-deemed_accepted = Deemed accepted
result-deemed_granted = Deemed granted
outcome-deemed_accepted = Deemed accepted
outcome-deemed_granted = Deemed granted
status-deemed = Deemed decided
status-deemed-text = The period has passed, and by law it counts as accepted or granted.
step-deemed_accepted = The period passed; by law it counts as accepted
step-deemed_granted = The period passed; by law it counts as granted

# Requests for disclosure: third parties and objections.

deed-tell_third_party = Tell a third party
deed-hear_third_party = Record a third party's opinion
event-third_party_told = Third party told — may ask not to disclose until { $until }
event-third_party_heard = Third party: nothing against disclosure
event-third_party_heard-objects = Third party: asks not to disclose
event-disclosure_set = To be disclosed on { $from }, against the wish of a third party
refusal-third_party_time = A third party may still ask that it not be disclosed.
refusal-no_third_party = No third party waits to be heard.
refusal-disclosure_objection_late = The thirty days since the decision are over. See whether an administrative appeal or a lawsuit is still open to you.
aside-third-awaited = Third party { $name } — may ask until { $until }
aside-third-objects = Third party { $name } — asks not to disclose
aside-third-agrees = Third party { $name } — nothing against it
aside-disclosed-from = To be disclosed on { $from }: the third party is told in writing, with the reason
desk-about-tell_third_party = Where the information is about a third party, they are told without delay. Within three days of being told they may ask that it not be disclosed.
desk-about-hear_third_party = Records what a third party says. If it is disclosed against their wish, at least thirty days lie between the decision and the disclosure.
desk-third = Third party
desk-third-name = Name of the third party
desk-third-what = What is about them, and how they were told
desk-third-what-hint = If told by word of mouth, say what was told.
desk-third-arrived = Day the notice arrived
desk-third-arrived-hint = The days for asking count from here.
desk-third-objects = On disclosure
desk-third-text = What they say
objects-yes = asks not to disclose
objects-no = nothing against it
step-disclosure-set = A third party asked that it not be disclosed; it will be on { $when }
say-objection-lead-disclosure = You may object within 30 days of receiving the decision not to disclose, to disclose in part, or that there is no such information. We decide within 7 days and tell you. You may also turn to an administrative appeal or a court.

korean-only = Some facts of this service are kept in Korean only. They are shown in Korean below.

# Gazetted editions and manuals.

book-editions = Gazetted standards
book-editions-text = The standards as gazetted, kept with number and day. What is kept never changes, and everybody may download it.
book-editions-none = No edition yet.
book-edition-number = Number of the notice
book-edition-number-hint = For example 제2026-15호: letters, digits and hyphens.
book-edition-number-wrong = Letters, digits and hyphens only.
book-edition-taken = An edition of that number stands already and cannot be changed.
book-edition-day = Day
book-edition-day-hint = Today or an earlier day.
book-edition-services = Services
book-edition-made = Laid down
book-edition-files = Download
book-edition-make = Lay down
book-edition-done = The edition is laid down.
desk-paper-advance_notice = Advance notice
desk-paper-dunning = Dunning letter

# Which register.

register-which = Register
register-petitions = Register of petitions (form 1)
register-objections = Register of objections (form 12)
