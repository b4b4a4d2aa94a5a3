### Records of seats

history-seats = Seats given, changed and taken away
history-seats-text = Who gave which seat to whom and who took it away. The last 1,000 are shown; records are never removed (안전성 확보조치 기준, article 5(3): three years at least).
history-seats-none = There are no records.
history-seat-of = Whose, which
history-seat-days = From and until
history-seat-given = Given
history-seat-ended = Ended
