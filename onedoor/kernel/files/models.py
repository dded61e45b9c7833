"""The table of stored files: what is needed to open them; the bytes lie encrypted below the home."""

from django.db import models

from onedoor.kernel.ids import new_id
from onedoor.kernel.mirrors import Local


class StoredFile(models.Model):
    """A file: its address on disk, its sniffed type, and its own key wrapped by the node's. Rows change only by rewrapping."""

    mirror = Local("opens only with this node's key; contents travel by their own way")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    address = models.CharField(max_length=64, unique=True)
    type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    wrapped_key = models.BinaryField(max_length=128)

    class Meta:
        app_label = "kernel"
        db_table = "kernel_stored_file"

    def __str__(self) -> str:
        return str(self.id)
