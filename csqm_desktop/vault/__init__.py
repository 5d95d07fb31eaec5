"""Encryption at rest: the data key of a workspace, what it is wrapped by, and files that only it opens.

One random data key for each workspace. It is never stored: ``key_file`` keeps it wrapped by a passphrase, a
recovery code and, when asked for, a secret in the system's key store. ``ring`` holds the keys of the
workspaces that are open in this process; whoever writes below such a folder asks the ring, so that nothing
has to be handed through every call and nobody can forget to seal a file.
"""
