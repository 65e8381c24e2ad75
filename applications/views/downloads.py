"""Files that a browser saves under a name."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def docx_named(data: bytes, name: str) -> HttpResponse:
    """A Word file to be saved as `name` with its ending."""
    disposition = content_disposition_header(as_attachment=True, filename=f"{name}.docx")
    return HttpResponse(data, content_type=DOCX, headers={"Content-Disposition": disposition})
