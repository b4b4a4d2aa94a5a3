# Disposal of records, what is kept apart, register and certificate of destruction

disposal-title = Disposal of records
disposal-text = Lists of petitions whose retention is over. They are destroyed only after the department's opinion, the records officer's review and the decision of the appraisal board (Public Records Management Act, Article 27).
disposal-none = No list fits.
disposal-step = Step
disposal-step-department = Waits for the department
disposal-step-review = Waits for the review
disposal-step-board = Waits for the board
disposal-step-done = Decided
disposal-all = All
disposal-year = Year
disposal-year-hint = Four digits. Leave it empty for all years.
disposal-error-year = Write the year in four digits.
disposal-filter = Show
disposal-list = List
disposal-name = { $year } { $unit }, list { $part }
disposal-petitions = Petitions
disposal-made = Drawn up
disposal-mine = Yours to do
disposal-waiting = { $n ->
    [one] One list of records to dispose of waits for you.
   *[other] { $n } lists of records to dispose of wait for you.
}
disposal-counts = { $all } in all: { $destroy } to destroy, { $defer } deferred, { $again } with a new retention
disposal-took-department = Department
disposal-took-review = Review
disposal-took-board = Board
disposal-exceptions = { $n ->
    [one] 1 exception
   *[other] { $n } exceptions
}
disposal-held-on = Day of the meeting
disposal-inside = Members of the office
disposal-outside = Members from outside
disposal-sheet = List for the board (PDF)
disposal-hold-note = A petition whose destruction is stopped, for a lawsuit or an audit, and one that another law keeps apart is not destroyed even when the board gave it up, also where that came after this list was drawn up. Once nothing stands in the way it comes back in the list of a later year.
disposal-same-person = Who gave the department's opinion cannot review the same list. Another records officer must review it.
disposal-shown = Petitions shown
disposal-how-department = Name only the petitions that are not to be destroyed, each with a reason. All others are given up. Save before you go to another page.
disposal-how-review = Name only the petitions you judge otherwise than the department, each with a reason. All others follow the department. Save before you go to another page.
disposal-how-board = Name only the petitions the board decided otherwise than the review, each with a reason. All others follow the review. Save before you go to another page.
disposal-items = { $n ->
    [one] 1 petition
   *[other] { $n } petitions
}
disposal-nothing-fits = No petition fits.
disposal-no-title = (destroyed: there is no title any more)
disposal-concluded = Concluded
disposal-term = Retention
disposal-held = Destruction stopped
disposal-except = Exception
disposal-opinion = Opinion
disposal-as-before = No exception (as before)
disposal-new-term = New retention
disposal-new-term-hint = With a new retention only. Counted from the January after the conclusion, it must end after today.
disposal-why = Reason
disposal-error-why = Write the reason of the exception.
disposal-error-term = Choose the new retention. It must end after today.
disposal-error-held-on = Write the day of the meeting: not before the review, and not after today.
disposal-error-outside = Write two members from outside at least.
disposal-error-moved = Somebody else has worked on this list meanwhile. See what changed.
disposal-save = Save the exceptions
disposal-saved = Saved.
disposal-take-department = Give the department's opinion
disposal-take-review = End the review
disposal-take-board = Enter the board's decision
disposal-take-text = The exceptions written on this page are saved with it. It cannot be changed afterwards.
disposal-names-hint = One name in a line.
disposal-outside-hint = One name in a line, two at least (Public Records Management Act, Article 27-2).
disposal-decide-warning = What the board gave up is destroyed at once and cannot be brought back. A line of the register of destruction tells it.
disposal-send-department = Give up all others
disposal-send-review = Follow the department in all others
disposal-send-board = Enter the decision and destroy
disposal-page = Page { $n } of { $of }
disposal-page-before = Page before
disposal-page-after = Next page
opinion-destroy = Destroy
opinion-defer = Defer
opinion-again = New retention
term-1 = 1 year
term-3 = 3 years
term-5 = 5 years
term-10 = 10 years
term-30 = 30 years
term-semi_permanent = Semi-permanent
term-permanent = Permanent
fate-destroyed = Destroyed
fate-held = Not destroyed: stopped
fate-apart = Not destroyed: kept apart
fate-open = Not destroyed: open again
fate-gone = Gone already

apart-title = What is kept apart
apart-text = Personal data that a law orders to keep, kept apart from all other data (Personal Information Protection Act, Article 21(3)). Whoever opens them is written down with time and reason, and the privacy officer is told.
apart-none = Nothing is kept apart.
apart-since = Kept apart since
apart-why = Why it is opened
apart-why-hint = 10 characters at least: the document it rests on, and what for.
apart-error-why = Write in 10 characters or more why it is opened.
apart-open = Write the reason down and open
apart-looks = Who opened what
apart-looks-none = Nobody has opened anything.
apart-opened = Kept apart
apart-written = This look is in the access log, and the privacy officer was told.
apart-what = What
apart-words = What was written
apart-no-files = Attachments and the answers of forms are not shown on this page.
apart-nothing = There is nothing to show.

erasure-register-pdf = Download as PDF
erasure-certificate-pdf = Download the certificate (PDF)
erasure-to-disposals = Disposal of records
erasure-to-apart = What is kept apart
export-destruction_register = Register of destruction
export-disposal_list = List of records to dispose of
export-erasure_certificate = Certificate of destruction
