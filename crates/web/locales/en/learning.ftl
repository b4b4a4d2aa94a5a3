# Guidance: suggested departments, similar petitions, repetition, older registers.

event-migrated = Brought in from an older register
event-migrated-ended = Brought in from an older register, where it was concluded
step-migrated = Brought over from an older register

learning-suggested = Suggested departments
learning-suggested-text = These follow from which department answered past petitions. They may be wrong; you decide where the petition goes.
learning-suggested-words = Because of the words:
learning-units = Suggested

learning-account-made = Learnt on { $when } from { $n } answered petitions.
learning-account-none = Nothing has been learnt yet, so nothing is suggested. Once petitions have been answered, the command minwon learn does it.
learning-account-first = Sent to the first department suggested
learning-account-among = Sent to another one suggested
learning-account-other = Sent to a department not suggested
learning-account-n = { $n }
learning-account-text = These numbers tell how good the suggestions are; who distributed is not counted.

learning-repeated = Possibly repeated
learning-repeated-text = This looks like filing number { $times } of the same petitioner with like content. Results were notified { $notices } times before it was filed.
learning-repeated-may = A petition other than a statutory one may be closed when the same content was filed three times or more without a just cause and results were notified twice or more before. The counts are met; whether the content is the same, and whether there is a just cause, is for you to judge.
learning-repeated-not-yet = What the law asks before closing (not statutory, filed three times or more, notified twice or more) is not met: the petition has to be answered.
learning-repeated-clause = Civil Petitions Treatment Act, Article 23 (1) and (3)
learning-same = nearly the same
learning-alike = alike
learning-different = a little alike
learning-notified = Notified

learning-similar = Similar past petitions
learning-similar-text = Finds past petitions in like words, to read how they were answered. Only petitions you may see are found, and each one shown is written to the access log.
learning-similar-find = Find similar past petitions
learning-similar-found = In the order of how many words they share. Please read them to judge whether the matter is the same.
learning-similar-none = No similar past petition was found.
learning-likeness = { $n }% shared
learning-answer-show = Show the answer
learning-answer-copy = The past answer (to copy and rewrite; do not carry over personal data of another petitioner)

learning-old = Older register
learning-old-text = This petition was brought in from an older register. What stands below is as that register has it.
learning-old-number = Older number
learning-old-answer = Answer in the older register
learning-old-steps = History in the older register
