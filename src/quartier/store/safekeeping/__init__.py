"""What keeps a workspace safe: verify what is on disk, back it up while it is in use, restore it.

`verification` reads everything and says what is damaged; `backup` and `restoring` write and read a folder with a
manifest of digests. The engine is left out: it is made again from the rest.
"""

from quartier.store.safekeeping.backup import Backup, back_up
from quartier.store.safekeeping.restoring import Restored, restore
from quartier.store.safekeeping.verification import Damage, Verification, verify

__all__ = ["Backup", "Damage", "Restored", "Verification", "back_up", "restore", "verify"]
