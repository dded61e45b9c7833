"""What an applicant wrote into her returned application and has not sent yet."""

from django.db import models

from onedoor.kernel.mirrors import Local


class KeptCorrection(models.Model):
    """The answers of a correction that was begun; ``version``: of the case that they were written to.

    It is nobody's application yet: it makes no letter, stands in no list, and goes when the correction is sent.
    """

    mirror = Local("only the node that owns the case takes its correction")

    case_id = models.UUIDField(primary_key=True)
    version = models.PositiveBigIntegerField()
    data = models.JSONField(default=dict)
    kept_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.case_id)
