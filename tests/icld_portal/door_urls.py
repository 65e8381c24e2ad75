"""The portal's addresses, and two that say what the portal has understood of a request."""

from allauth.account.adapter import get_adapter
from django.core.files.uploadhandler import MemoryFileUploadHandler, TemporaryFileUploadHandler
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from icld_portal import clock
from icld_portal.urls import handler400, urlpatterns

__all__ = ["handler400", "urlpatterns"]


def echo(request: HttpRequest) -> JsonResponse:
    return JsonResponse(
        {
            "received_at": request.received_at.timestamp(),
            "done_at": clock.real_now().timestamp(),
            "secure": request.is_secure(),
            "host": request.get_host(),
            "client": get_adapter().get_client_ip(request),
            "fields": request.POST.dict(),
            "files": {name: file.size for name, file in request.FILES.items()},
            "length": len(request.body) if request.method == "PUT" else None,
        }
    )


@csrf_exempt
def own_way(request: HttpRequest) -> JsonResponse:
    """As a page that takes files by a way of its own."""
    request.upload_handlers = [
        MemoryFileUploadHandler(request),
        TemporaryFileUploadHandler(request),
    ]
    files = request.FILES
    return JsonResponse({"received_at": request.received_at.timestamp(), "files": len(files)})


urlpatterns = [path("eko/", echo), path("eko/eget/", own_way), *urlpatterns]
