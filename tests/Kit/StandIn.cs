using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sat.Tests.Kit;

/// <summary>What a client asked.</summary>
/// <param name="Target">As on the request line.</param>
/// <param name="Headers">By name in any case.</param>
public sealed record Asked(string Target, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The first byte asked for; null: all of them, or the last so many.</summary>
    public long? From => Range is { } range && range[0] != '-' ? long.Parse(range[..^1], CultureInfo.InvariantCulture) : null;

    /// <summary>How many bytes of the end were asked for; null: it was not the end.</summary>
    public int? Last => Range is { } range && range[0] == '-' ? int.Parse(range[1..], CultureInfo.InvariantCulture) : null;

    private string? Range => Headers.TryGetValue("Range", out var range) ? range["bytes=".Length..] : null;
}

/// <summary>What a server answers, well or badly.</summary>
public sealed record Answer
{
    public string Status { get; init; } = "200 OK";

    public byte[] Body { get; init; } = [];

    public List<string> Headers { get; init; } = [];

    /// <summary>The length that it claims; null: the true one.</summary>
    public long? Claimed { get; init; }

    /// <summary>Tells no length, and ends the body by closing.</summary>
    public bool NoLength { get; init; }

    /// <summary>Sends so many bytes of the body and closes.</summary>
    public int? CutAt { get; init; }

    /// <summary>Sends so many bytes of the body and then nothing, and closes nothing.</summary>
    public int? StallAt { get; init; }

    /// <summary>After <see cref="CutAt"/> it resets the connection, as a server that falls over does.</summary>
    public bool Reset { get; init; }

    public static Answer Error(string status) =>
        new() { Status = status, Body = Encoding.UTF8.GetBytes($"<!DOCTYPE html><title>{status}</title>") };

    public static Answer Redirect(string to) => new() { Status = "302 Found", Headers = [$"Location: {to}"] };

    /// <summary>A file as a good server sends it: all, or the rest that was asked for, unless the version is another.</summary>
    public static Answer File(Asked asked, byte[] content, string? etag = "\"1\"")
    {
        List<string> headers = ["Accept-Ranges: bytes", .. etag is null ? (string[])[] : [$"ETag: {etag}"]];
        if (
            (asked.From ?? (asked.Last is { } last ? Math.Max(0, content.Length - last) : null)) is not { } from
            || (asked.Headers.TryGetValue("If-Range", out var version) && version != etag)
        )
            return new Answer { Body = content, Headers = headers };
        return from >= content.Length
            ? new Answer { Status = "416 Range Not Satisfiable", Headers = [$"Content-Range: bytes */{content.Length}"] }
            : new Answer
            {
                Status = "206 Partial Content",
                Body = content[(int)from..],
                Headers = [.. headers, $"Content-Range: bytes {from}-{content.Length - 1}/{content.Length}"],
            };
    }
}

/// <summary>
/// A server on this machine that stands in for the real ones and behaves as badly as a test wants: plain sockets, so that
/// it can lie. The n-th request gets the n-th answer, further ones the last.
/// </summary>
public sealed class StandIn : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<Asked> _asked = new();
    private readonly Func<Asked, Answer>[] _answers;
    private readonly X509Certificate2? _certificate;
    private int _count;

    public StandIn(params Func<Asked, Answer>[] answers)
        : this(null, answers) { }

    public StandIn(X509Certificate2? certificate, params Func<Asked, Answer>[] answers)
    {
        _certificate = certificate;
        _answers = answers;
        _listener.Start();
        _ = Listen();
    }

    /// <summary>Its address, with a slash at the end.</summary>
    public string Address => $"{(_certificate is null ? "http" : "https")}://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

    /// <summary>All that was asked, in order.</summary>
    public IReadOnlyList<Asked> Requests => [.. _asked];

    public Uri At(string name) => new(Address + name);

    public void Dispose()
    {
        _end.Cancel();
        _listener.Stop();
        _end.Dispose();
    }

    private async Task Listen()
    {
        try
        {
            while (true)
                _ = Serve(await _listener.AcceptTcpClientAsync(_end.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Serve(TcpClient client)
    {
        using var _ = client;
        try
        {
            Stream stream = client.GetStream();
            if (_certificate is not null)
            {
                var secure = new SslStream(stream);
                await secure.AuthenticateAsServerAsync(_certificate);
                stream = secure;
            }
            if (await Read(stream) is not { } asked)
                return;
            _asked.Enqueue(asked);
            var answer = _answers[Math.Min(Interlocked.Increment(ref _count), _answers.Length) - 1](asked);
            await Write(stream, answer);
            await stream.FlushAsync(_end.Token);
            if (answer.StallAt is not null)
                await Task.Delay(Timeout.Infinite, _end.Token);
            if (answer.Reset)
                client.Client.Close(timeout: 0);
            else
                client.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e)
            when (e
                    is IOException
                        or SocketException
                        or OperationCanceledException
                        or ObjectDisposedException
                        or System.Security.Authentication.AuthenticationException
            )
        {
            // The client went away, or the test is over.
        }
    }

    private async Task Write(Stream stream, Answer answer)
    {
        var head = new StringBuilder($"HTTP/1.1 {answer.Status}\r\nConnection: close\r\n");
        if (!answer.NoLength)
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {answer.Claimed ?? answer.Body.Length}\r\n");
        foreach (var header in answer.Headers)
            head.Append(header).Append("\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), _end.Token);
        await stream.WriteAsync(
            answer.Body.AsMemory(0, Math.Min(answer.Body.Length, answer.CutAt ?? answer.StallAt ?? int.MaxValue)),
            _end.Token
        );
    }

    private async Task<Asked?> Read(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        if (await reader.ReadLineAsync(_end.Token) is not { } line)
            return null;
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadLineAsync(_end.Token) is { Length: > 0 } header)
            headers[header.Split(':')[0]] = header[(header.IndexOf(':') + 1)..].Trim();
        return new Asked(line.Split(' ')[1], headers);
    }
}
