# Destruction — requests to erase, the register, holds, disposal of records

refusal-must_be_kept = The law orders to keep it, so it cannot be destroyed now.
refusal-still_needed = It is needed for a petition that is open or on hold, so it is neither destroyed nor kept apart.
refusal-basis_missing = Choose a ground and write the reason.
refusal-board_incomplete = Enter the day of the meeting, the number of members (two of them from outside at least), and each new retention period.
refusal-nothing_to_erase = There is nothing that could be erased, or you have asked for it already.
refusal-destroyed_already = The destruction of this petition is decided already.
