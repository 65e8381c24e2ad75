FROM python:3.12-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 STATIC_ROOT=/srv/static \
    ATTACHMENTS_ROOT=/srv/attachments
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --home-dir /srv/portal portal \
    && install -d -o portal /srv/static \
    && install -d -o portal -m 0700 /srv/attachments
WORKDIR /srv/portal/app
COPY requirements.txt ./
RUN pip install --require-hashes -r requirements.txt
COPY . .
RUN for po in locale/*/LC_MESSAGES/django.po; do \
        python -m babel.messages.frontend compile -i "$po" -o "${po%.po}.mo"; done
USER portal
# The key and the addresses are only for this step; nothing is connected to.
RUN SECRET_KEY=build DATABASE_URL=postgresql://build python manage.py collectstatic --noinput
EXPOSE 8000
CMD ["gunicorn", "icld_portal.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--forwarded-allow-ips", "", "--no-control-socket"]
