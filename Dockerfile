# The program on Debian 12. Nothing in the image is written to when it runs, and no secret is in it.
FROM python:3.11-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 AUDITSITE_VAR=/var/lib/auditsite
WORKDIR /opt/auditsite

# Text and fonts of the PDFs; pg_dump and psql for backups.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
        fontconfig fonts-inter fonts-liberation postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && fc-cache -f \
    && useradd --system --uid 10001 --user-group --no-create-home auditsite

COPY requirements.txt .
RUN pip install --no-cache-dir --no-compile --require-hashes -r requirements.txt

COPY . .
# The secret is for this one command, which signs nothing with it.
RUN python -m compileall -q . \
    && SECRET_KEY=none python manage.py collectstatic --no-input --verbosity 0 \
    && chmod -R a+rX "$AUDITSITE_VAR"

USER auditsite
EXPOSE 8000
CMD ["gunicorn", "auditsite.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--worker-tmp-dir", "/dev/shm"]
