from django.urls import path

from partnerships import feeds

urlpatterns = [
    path("oppna-data/organisationer.csv", feeds.organisations, name="open_data_organisations"),
]
