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
