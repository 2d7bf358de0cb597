"""The region as national files: SIECLE, STSWEB, timetable software, Fregata. Formats as the ministries' tools write them."""
