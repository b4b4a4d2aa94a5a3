# People — absences, approval in absence, circulation, hand-over, units and officials.

deed-reroute = Change the line
deed-replace_signer = Hand a signature over
deed-confirm_after = Confirm afterwards
deed-circulate = Circulate
deed-read_circulated = Confirm reading
deed-hand_over = Hand over
deed-succeed = Pass to the successor

event-rerouted = Line changed — { $n } still to sign, decided by { $last }
event-signer_replaced = Signature handed over — { $from } → { $to }
event-confirmed_after = Confirmed afterwards
event-circulated = Circulated — { $readers }
event-circulation_read = Read what was circulated
event-handed_over = Handed over — { $from } → { $to }
event-succeeded = Department changed by a reorganisation — { $from } → { $unit }
step-handed-over = The official in charge has changed
step-succeeded = The department in charge has changed by a reorganisation

refusal-signer_can_sign = The next signer can sign, so the line stays. It can be changed when the signer is away with nobody to sign in their place, or has left the agency.
refusal-readers_unfit = Readers must be officials who work here, and nobody may be named twice.
refusal-no_successor = The unit is not closed, or the other one does not succeed it.

queue-to_confirm = To confirm afterwards
queue-to_read = To read

mark-stand-in = In absence
mark-delegated-stand-in = By delegation, in absence
instead-of = for { $who }
confirmed-after = confirmed { $when }
not-confirmed-after = not confirmed yet
reader-read = read { $when }
reader-unread = not read yet

desk-hand-over-to = Successor
desk-hand-over-text = Hands this petition over with its draft and its approval line. The successor is told.
desk-reroute-text = Those who have signed stay on the line. Name everybody who still has to sign anew.
desk-replace-text = Hands a place on the line that is not signed yet to a successor.
desk-replace-from = Who hands over
desk-replace-to = Who takes over
desk-circulate-text = Choose who is to read the approved document. Readers will see this petition.
desk-readers = Readers
desk-reader-n = Reader { $n }
desk-sign-instead = You sign in the place of { $who }, who is away. The document says so, and what is important must be reported afterwards (Regulation on Administrative Work, Article 10(3)).
desk-confirm-confirm_after = You confirm that what was signed in your absence has been reported to you.
desk-confirm-read_circulated = You confirm that you have read the document.

absence-leave = Leave
absence-trip = Business trip
absence-training = Training
absence-sick_leave = Sick leave
