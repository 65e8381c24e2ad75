"""Files in an ordinary form: one that is too large is read past, never written down."""

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from icld_portal.files import MAX_SIZE


class NotTooLarge(FileUploadHandler):
    """Stands before Django's own handlers. Names of what was passed over are put into
    `request.files_too_large`, so that a page can say so."""

    def new_file(self, *args, **options) -> None:
        super().new_file(*args, **options)
        self.size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.size = start + len(raw_data)
        if self.size > MAX_SIZE:
            self.request.files_too_large = [*too_large(self.request), self.file_name]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Whoever stored the file gives it back."""


def too_large(request) -> list[str]:
    return getattr(request, "files_too_large", [])
