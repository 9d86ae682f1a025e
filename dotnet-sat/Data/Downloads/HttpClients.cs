using System.Net;

namespace Sat.Data.Downloads;

/// <summary>Makes HTTP clients for downloads.</summary>
public static class HttpClients
{
    /// <summary>
    /// A client that follows redirects (never from https to http: .NET refuses those), takes proxies from the environment
    /// (<c>HTTPS_PROXY</c> and the like), and saves a body as it is sent.
    /// </summary>
    /// <param name="options">Its timeouts.</param>
    /// <param name="agent">Name and version of the program, for the server: <c>name/version</c>.</param>
    public static HttpClient Create(DownloadOptions options, string agent)
    {
        ArgumentNullException.ThrowIfNull(options);
#pragma warning disable CA2000 // The client disposes it.
        var client = new HttpClient(Handler(options), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
#pragma warning restore CA2000
        client.DefaultRequestHeaders.UserAgent.ParseAdd(agent);
        // A compressed transfer of a compressed archive would gain nothing, and its ranges would count other bytes.
        client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("identity");
        return client;
    }

    internal static SocketsHttpHandler Handler(DownloadOptions options) =>
        new()
        {
            AutomaticDecompression = DecompressionMethods.None,
            AllowAutoRedirect = false,
            ConnectTimeout = options.Timeout,
        };
}
