# Builds one static binary and puts it into an image that holds nothing else
# but certificates.
#
#   docker build -t rapporteur .
#   docker run -v rapporteur:/data -e DISCORD_TOKEN rapporteur
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/rapporteur ./cmd/rapporteur \
 && mkdir -p /out/data

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY LICENSE index/lexicon/tables/LICENSE-wordnet /licences/
COPY --from=build /out/rapporteur /rapporteur
COPY --from=build --chown=65532:65532 /out/data /data
USER 65532:65532
VOLUME /data
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["/rapporteur", "check", "--health"]
ENTRYPOINT ["/rapporteur"]
