"""Files that outlive a machine: packages with a list of what they hold, sealed on request.

No Django here: a package can be told genuine where no database is.
"""
