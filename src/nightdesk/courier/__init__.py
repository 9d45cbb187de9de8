"""The courier: a program without a key that carries opaque bytes while the desk is locked.

Belongs here: reading the parcel the desk signed, fetching ciphertext into the hold, publishing what
was signed when its hour has come. Does not belong here: any private key, opening, Django, the drop,
the press (it runs as a program), the clock and chance (arguments).
"""
