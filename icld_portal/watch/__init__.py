"""The portal watches itself: its clock, its beat, its front door, and what it could not serve.

clocks         this process's clock beside the database's
spool          what failed, noted in a file, for the database may be what is down
front_door     the portal's own page, asked for from outside
disturbances   the record, and what it says of a time
ticking        what beat asks for every minute: look, and write the record
requests       what surrounds a request
"""
