# Guidance: suggested departments, similar petitions, repetition, older registers.

event-migrated = Brought in from an older register
event-migrated-ended = Brought in from an older register, where it was concluded
step-migrated = Brought over from an older register
