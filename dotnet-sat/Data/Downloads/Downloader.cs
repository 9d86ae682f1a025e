using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Sat.Data.Progress;
using Sat.Records;
using Sat.Records.Data;
using Sat.Records.Files;

namespace Sat.Data.Downloads;

/// <summary>
/// Downloads files over HTTP. A connection that breaks or stalls is taken up again where it ended; what has come stays for the
/// next call when all tries fail. A file is only given out once its length and its checksum are those that its author published.
/// </summary>
/// <param name="http">See <see cref="HttpClients"/>.</param>
/// <param name="options">How patient it is.</param>
/// <param name="listener">Hears of progress and retries.</param>
public sealed class Downloader(HttpClient http, DownloadOptions options, IDataListener listener)
{
    private const int BufferLength = 1 << 16;
    private const int MostRedirects = 10;

    private enum Ending
    {
        /// <summary>All bytes are here.</summary>
        Whole,

        /// <summary>It ended early: the next try goes on.</summary>
        Broken,

        /// <summary>The bytes so far are of another version of the file: they are worth nothing.</summary>
        Changed,
    }

    /// <summary>How an answer ended.</summary>
    private sealed record Piece(Ending Ending, string Reason = "");

    /// <summary>Downloads a file, or what is missing of it.</summary>
    /// <returns>Its path.</returns>
    /// <exception cref="SatException">It cannot be had, or is another file (exit code 5).</exception>
    public async Task<string> Fetch(Download download, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(download);
        var source = download.Source;
        var partial = PartialFile.Open(download.Folder, source.Name);
        var furthest = partial.Length;
        var failures = 0;
        var anew = false;
        while (true)
        {
            var piece = await Receive(download, partial, stop);
            if (piece.Ending == Ending.Whole)
            {
                if (SourceCheck.Problem(source, partial.Path, listener, stop) is not { } problem)
                    return partial.Path;
                // Pieces of a file that changed between them fit nowhere; one answer is what the server has.
                piece = new Piece(Ending.Changed, $"{source.Name} {problem}");
                if (partial.Note!.Pieces == 1)
                    anew = true;
            }
            if (piece.Ending == Ending.Changed)
            {
                partial.Discard();
                if (anew)
                    throw Fail(
                        download,
                        $"what {download.Address} sends is not the published {source.Name}: {piece.Reason}. It was discarded."
                    );
                listener.Noted($"{piece.Reason}. Starting over.");
                anew = true;
                furthest = 0;
                continue;
            }

            failures = partial.Length >= furthest + options.Headway ? 1 : failures + 1;
            furthest = Math.Max(furthest, partial.Length);
            if (failures >= options.Tries)
            {
                var kept =
                    partial.Length > 0
                        ? $" What was downloaded ({SourceCheck.Count(partial.Length)} bytes) is kept, and the next try resumes from there."
                        : "";
                throw Fail(
                    download,
                    $"{download.Address} could not be downloaded: {piece.Reason}{(failures > 1 ? $", {failures} times in a row" : "")}.{kept}"
                );
            }
            var pause = options.Pause(failures);
            listener.Noted(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{download.Address}: {piece.Reason}. Trying again in {pause.TotalSeconds:0.#} s."
                )
            );
            await Task.Delay(pause, options.Time, stop);
        }
    }

    private static SatException Fail(Download download, string what) => new(ExitCode.Environment, $"{what} {download.Remedy}");

    private async Task<Piece> Receive(Download download, PartialFile partial, CancellationToken stop)
    {
        var have = partial.Length;
        if (have > 0 && have == (partial.Note!.Length ?? download.Source.Bytes))
            return new Piece(Ending.Whole);
        try
        {
            using var response = await Send(download, partial, stop);
            return response.StatusCode switch
            {
                HttpStatusCode.OK => await Whole(download, partial, have > 0, response, stop),
                HttpStatusCode.PartialContent when have > 0 => await Rest(download, partial, have, response, stop),
                HttpStatusCode.RequestedRangeNotSatisfiable when have > 0 => Beyond(have, response),
                _ when IsPassing(response.StatusCode) => new Piece(Ending.Broken, $"the server answers {Status(response)}"),
                _ => throw Fail(download, Refusal(download, response)),
            };
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            throw Fail(download, $"{download.Address}: no secure connection ({(e.InnerException ?? e).Message.TrimEnd('.')}).");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new Piece(Ending.Broken, Reason(e));
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new Piece(
                Ending.Broken,
                string.Create(CultureInfo.InvariantCulture, $"no data for {options.Timeout.TotalSeconds:0.#} s")
            );
        }
    }

    /// <summary>Follows redirects to where files may come from; the answer that is no such redirect is for the caller.</summary>
    private async Task<HttpResponseMessage> Send(Download download, PartialFile partial, CancellationToken stop)
    {
        var address = download.Address;
        for (var redirects = 0; ; redirects++)
        {
            using var request = Request(download, address, partial);
            var response = await Limited(token => http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), stop);
            if (redirects == MostRedirects || Next(address, response) is not { } next)
                return response;
            response.Dispose();
            address = next;
        }
    }

    /// <summary>Where an answer leads; null: nowhere that is followed.</summary>
    private static Uri? Next(Uri address, HttpResponseMessage response) =>
        (int)response.StatusCode is 301 or 302 or 303 or 307 or 308
        && response.Headers.Location is { } location
        && Uri.TryCreate(address, location, out var next)
        && (next.Scheme == Uri.UriSchemeHttps || (next.Scheme == Uri.UriSchemeHttp && address.Scheme == Uri.UriSchemeHttp))
            ? next
            : null;

    private static HttpRequestMessage Request(Download download, Uri address, PartialFile partial)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        // No other server is to hear of them.
        if (
            download.Credentials is { } credentials
            && address.Scheme == download.Address.Scheme
            && address.Authority == download.Address.Authority
        )
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic",
                Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))
            );
        if (partial.Length == 0)
            return request;
        request.Headers.Range = new RangeHeaderValue(partial.Length, null);
        // Names of versions are a server's own: another server is asked for the rest without one, and the checksum tells.
        if (partial.Note!.Address == download.Address.AbsoluteUri)
        {
            if (partial.Note.ETag is { } tag)
                request.Headers.IfRange = new RangeConditionHeaderValue(tag);
            else if (partial.Note.Modified is { } modified)
                request.Headers.IfRange = new RangeConditionHeaderValue(modified);
        }
        return request;
    }

    /// <summary>200: all of the file, be it that nothing is here yet, that it changed, or that the server knows no ranges.</summary>
    private async Task<Piece> Whole(
        Download download,
        PartialFile partial,
        bool asked,
        HttpResponseMessage response,
        CancellationToken stop
    )
    {
        var note = NoteOf(download, response, response.Content.Headers.ContentLength);
        await RefuseOtherLength(download, note.Length, response, stop);
        if (asked && Differs(partial.Note!, note))
            return new Piece(Ending.Changed, $"{download.Source.Name} changed on the server while it was downloaded");
        partial.Begin(note);
        return await Save(download, partial, response, stop);
    }

    /// <summary>206: the rest.</summary>
    private async Task<Piece> Rest(Download download, PartialFile partial, long have, HttpResponseMessage response, CancellationToken stop)
    {
        var range = response.Content.Headers.ContentRange;
        var note = NoteOf(download, response, range?.Length);
        if (range?.From != have)
            return new Piece(Ending.Changed, $"the server sends a different part of {download.Source.Name} than requested");
        await RefuseOtherLength(download, note.Length, response, stop);
        if (Differs(partial.Note!, note))
            return new Piece(Ending.Changed, $"{download.Source.Name} changed on the server while it was downloaded");
        partial.Continue(note);
        return await Save(download, partial, response, stop);
    }

    /// <summary>416: nothing is left to send, or the file has become shorter.</summary>
    private static Piece Beyond(long have, HttpResponseMessage response) =>
        response.Content.Headers.ContentRange?.Length == have
            ? new Piece(Ending.Whole)
            : new Piece(Ending.Changed, "the server has less of the file than was already downloaded");

    private async Task<Piece> Save(Download download, PartialFile partial, HttpResponseMessage response, CancellationToken stop)
    {
        var total = partial.Note!.Length ?? download.Source.Bytes;
        var have = partial.Length;
        var buffer = new byte[BufferLength];
        await using var body = await response.Content.ReadAsStreamAsync(stop);
        using var file = partial.Append();
        listener.Progressed(new DataProgress(DataStage.Downloading, download.Source.Name, have, total));
        while (true)
        {
            var read = await Limited(token => body.ReadAsync(buffer, token).AsTask(), stop);
            if (read == 0)
                break;
            have += read;
            if (have > total)
                return new Piece(
                    Ending.Changed,
                    $"{download.Source.Name} is longer than the {SourceCheck.Count(total.Value)} bytes that it should have"
                );
            file.Write(buffer.AsMemory(0, read));
            listener.Progressed(new DataProgress(DataStage.Downloading, download.Source.Name, have, total));
        }
        if (have == total || total is null)
            return new Piece(Ending.Whole);
        // The server did not tell how much it would send, and ended in good order.
        return SourceCheck.Kind(partial.Head(MistakenContent.HeadLength)) is { Length: > 0 } kind
            ? new Piece(
                Ending.Changed,
                $"{download.Source.Name} has {SourceCheck.Count(have)} of {SourceCheck.Count(total.Value)} bytes{kind}"
            )
            : new Piece(Ending.Broken, $"the connection ended after {SourceCheck.Count(have)} of {SourceCheck.Count(total.Value)} bytes");
    }

    /// <summary>A length that is not the published one needs no download to be refused; what the file is instead is told by its
    /// beginning.</summary>
    private async Task RefuseOtherLength(Download download, long? length, HttpResponseMessage response, CancellationToken stop)
    {
        if (length is null || download.Source.Bytes is null || length == download.Source.Bytes)
            return;
        await using var body = await response.Content.ReadAsStreamAsync(stop);
        var head = new byte[MistakenContent.HeadLength];
        var read = await Limited(token => body.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, token).AsTask(), stop);
        throw Fail(
            download,
            $"{response.RequestMessage!.RequestUri} is not the published {download.Source.Name}: it has {SourceCheck.Count(length.Value)} bytes, "
                + $"and {SourceCheck.Count(download.Source.Bytes.Value)} are published{SourceCheck.Kind(head.AsSpan(0, read))}."
        );
    }

    private static PartialNote NoteOf(Download download, HttpResponseMessage response, long? length) =>
        new(
            download.Address.AbsoluteUri,
            response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : null,
            response.Content.Headers.LastModified,
            length,
            Pieces: 1
        );

    private static bool Differs(PartialNote before, PartialNote now) =>
        (before.Length is not null && now.Length is not null && before.Length != now.Length)
        || (before.Address == now.Address && (before.ETag ?? now.ETag) != (now.ETag ?? before.ETag))
        || (before.Address == now.Address && before.ETag is null && (before.Modified ?? now.Modified) != (now.Modified ?? before.Modified));

    private async Task<T> Limited<T>(Func<CancellationToken, Task<T>> act, CancellationToken stop)
    {
        using var timeout = new CancellationTokenSource(options.Timeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stop);
        return await act(either.Token);
    }

    /// <summary>Answers that another try may better.</summary>
    private static bool IsPassing(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500;

    private static string Refusal(Download download, HttpResponseMessage response)
    {
        var address = response.RequestMessage!.RequestUri!;
        if ((int)response.StatusCode is < 300 or >= 400)
            return $"{address} answers {Status(response)}.";
        var to = response.Headers.Location;
        if (to is null)
            return $"{address} redirects without saying where to.";
        if (to.IsAbsoluteUri && to.Scheme is not ("http" or "https"))
            return $"{address} redirects to {to}, which is neither http nor https: the tool does not follow it.";
        return address.Scheme == Uri.UriSchemeHttps && to is { IsAbsoluteUri: true, Scheme: "http" }
            ? $"{address} redirects to {to}, which is not encrypted: the tool does not follow it."
            : $"{download.Address} redirects again and again, last to {to}.";
    }

    private static string Status(HttpResponseMessage response) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(int)response.StatusCode} ({response.ReasonPhrase ?? response.StatusCode.ToString()})"
        );

    private static string Reason(Exception error) =>
        error switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } e =>
                $"the server's name cannot be resolved ({Innermost(e)})",
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } e => $"no connection ({Innermost(e)})",
            HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } => "the connection ended early",
            _ => $"the connection broke ({Innermost(error)})",
        };

    private static string Innermost(Exception error)
    {
        while (error.InnerException is { } inner)
            error = inner;
        return error.Message.TrimEnd('.');
    }
}
