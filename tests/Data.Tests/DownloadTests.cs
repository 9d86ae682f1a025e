using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using Sat.Data.Downloads;
using Sat.Records.Data;

namespace Sat.Data.Tests;

/// <summary>Downloads from a server that behaves well, and from ones that do not.</summary>
[TestClass]
public sealed class DownloadTests
{
    private const int Half = 100_000;

    private static readonly byte[] Content = Pebbles.Archive;

    /// <summary>As long, and something else.</summary>
    private static readonly byte[] Other = Pebbles.Bytes(3, Content.Length);

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task A_file_comes_in_one_request()
    {
        using var server = new StandIn(asked => Answer.File(asked, Content));
        using var downloading = new Downloading();
        var path = await downloading.Fetch(server);
        CollectionAssert.AreEqual(Content, File.ReadAllBytes(path));
        Assert.AreEqual("/pebbles.tar.gz", server.Requests.Single().Target);
        Assert.IsEmpty(downloading.Recorder.Notes);
    }

    [TestMethod]
    public async Task A_server_is_told_who_asks_and_that_bytes_are_wanted_as_they_are()
    {
        using var server = new StandIn(asked => Answer.File(asked, Content));
        using var http = HttpClients.Create(new DownloadOptions(), "dotnet-sat/1.2.3");
        await http.GetByteArrayAsync(server.At(Pebbles.Name), TestContext.CancellationToken);
        var headers = server.Requests.Single().Headers;
        Assert.AreEqual("dotnet-sat/1.2.3", headers["User-Agent"]);
        Assert.AreEqual("identity", headers["Accept-Encoding"]);
    }

    [TestMethod]
    public async Task A_connection_that_breaks_is_taken_up_where_it_broke()
    {
        using var server = new StandIn(asked => Answer.File(asked, Content) with { CutAt = Half }, asked => Answer.File(asked, Content));
        using var downloading = new Downloading();
        CollectionAssert.AreEqual(Content, File.ReadAllBytes(await downloading.Fetch(server)));
        Assert.HasCount(2, server.Requests);
        Assert.AreEqual(Half, server.Requests[1].From);
        Assert.AreEqual("\"1\"", server.Requests[1].Headers["If-Range"], "the rest of another version would be worth nothing");
        Assert.Contains("the connection ended early. Trying again in 0 s.", downloading.Recorder.Notes.Single());
    }

    [TestMethod]
    public async Task The_next_call_goes_on_when_all_tries_failed()
    {
        using var downloading = new Downloading();
        using (
            var bad = new StandIn(asked => Answer.File(asked, Content) with { CutAt = Half }, _ => Answer.Error("503 Service Unavailable"))
        )
        {
            var message = await Refused.With(() => downloading.Fetch(bad));
            Assert.AreEqual(
                $"{bad.At(Pebbles.Name)} could not be downloaded: the server answers 503 (Service Unavailable), 3 times in a row. "
                    + "What was downloaded (100,000 bytes) is kept, and the next try resumes from there. Ask the beach.",
                message
            );
        }
        using var good = new StandIn(asked => Answer.File(asked, Content));
        CollectionAssert.AreEqual(Content, File.ReadAllBytes(await downloading.Fetch(good)));
        Assert.AreEqual(Half, good.Requests.Single().From);
        Assert.DoesNotContain("If-Range", good.Requests.Single().Headers.Keys, "names of versions are a server's own");
    }

    [TestMethod]
    public async Task A_connection_that_breaks_again_and_again_is_taken_up_as_long_as_more_comes()
    {
        using var server = new StandIn(asked => Answer.File(asked, Content) with { CutAt = 30_000 });
        using var downloading = new Downloading
        {
            Options = new()
            {
                Tries = 2,
                Headway = 1000,
                FirstPause = TimeSpan.Zero,
            },
        };
        CollectionAssert.AreEqual(Content, File.ReadAllBytes(await downloading.Fetch(server)));
        Assert.HasCount((Content.Length + 29_999) / 30_000, server.Requests);
    }

    [TestMethod]
    public async Task A_server_that_always_breaks_at_the_same_place_is_given_up()
    {
        // It knows no ranges, so each try brings the same bytes again.
        using var server = new StandIn(_ => new Answer { Body = Content, CutAt = Half });
        using var downloading = new Downloading();
        Assert.Contains("the connection ended early, 3 times in a row", await Refused.With(() => downloading.Fetch(server)));
        Assert.HasCount(3, server.Requests);
    }

    [TestMethod]
    public async Task A_server_without_ranges_is_asked_for_all_again()
    {
        using var server = new StandIn(_ => new Answer { Body = Content, CutAt = Half }, _ => new Answer { Body = Content });
        using var downloading = new Downloading();
        CollectionAssert.AreEqual(Content, File.ReadAllBytes(await downloading.Fetch(server)));
        Assert.AreEqual(Half, server.Requests[1].From);
    }

    [TestMethod]
    public async Task A_server_that_sends_another_part_than_was_asked_for_is_asked_for_all()
    {
        using var server = new StandIn(
            asked => Answer.File(asked, Content) with { CutAt = Half },
            _ => new Answer
            {
                Status = "206 Partial Content",
                Body = Content[10..],
                Headers = [$"Content-Range: bytes 10-{Content.Length - 1}/{Content.Length}"],
            },
            asked => Answer.File(asked, Content)
        );
        using var downloading = new Downloading();
        CollectionAssert.AreEqual(Content, File.ReadAllBytes(await downloading.Fetch(server)));
        Assert.IsNull(server.Requests[2].From);
    }

    [TestMethod]
    public async Task A_length_that_is_a_lie_does_no_harm_where_none_is_published()
    {
        // It claims more than it has, and so the end looks like a break; asked for the rest, it answers 416: there is none.
        using var server = new StandIn(
            asked => Answer.File(asked, Content) with { Claimed = Content.Length + 1000 },
            asked => Answer.File(asked, Content)
        );
        using var downloading = new Downloading();
        CollectionAssert.AreEqual(Content, File.ReadAllBytes(await downloading.Fetch(server, Pebbles.Source with { Bytes = null })));
        Assert.AreEqual(Content.Length, server.Requests[1].From);
    }

    [TestMethod]
    public async Task A_length_that_is_told_too_short_is_found_by_the_checksum()
    {
        using var server = new StandIn(asked => Answer.File(asked, Content) with { Claimed = 1000 });
        using var downloading = new Downloading();
        var message = await Refused.With(() => downloading.Fetch(server, Pebbles.Source with { Bytes = null }));
        Assert.Contains(
            $"{Pebbles.Name} has the SHA-256 {Pebbles.Sha256(Content[..1000])}, and {Pebbles.Source.Sha256} is published. It was discarded. Ask the beach.",
            message
        );
        Assert.IsEmpty(downloading.Left);
    }

    [TestMethod]
    [DataRow(1000)]
    [DataRow(1_000_000)]
    public async Task A_length_that_is_not_the_published_one_is_refused_before_anything_comes(int claimed)
    {
        using var server = new StandIn(asked => Answer.File(asked, Content) with { Claimed = claimed });
        using var downloading = new Downloading();
        Assert.AreEqual(
            $"{server.At(Pebbles.Name)} is not the published {Pebbles.Name}: it has {SourceCheck.Count(claimed)} bytes, and {SourceCheck.Count(Content.Length)} are published. Ask the beach.",
            await Refused.With(() => downloading.Fetch(server))
        );
        Assert.HasCount(1, server.Requests);
        Assert.IsEmpty(downloading.Left);
    }

    [TestMethod]
    public async Task A_body_without_end_is_cut_at_the_published_length()
    {
        using var server = new StandIn(_ => new Answer { Body = [.. Content, .. Other], NoLength = true });
        using var downloading = new Downloading();
        Assert.Contains(
            $"is longer than the {SourceCheck.Count(Content.Length)} bytes that it should have",
            await Refused.With(() => downloading.Fetch(server))
        );
        Assert.IsEmpty(downloading.Left);
    }

    [TestMethod]
    public async Task A_file_that_has_become_shorter_is_begun_anew()
    {
        using var server = new StandIn(
            asked => Answer.File(asked, Content) with { CutAt = Half },
            _ => new Answer { Status = "416 Range Not Satisfiable", Headers = ["Content-Range: bytes */1000"] },
            asked => Answer.File(asked, Content)
        );
        using var downloading = new Downloading();
        CollectionAssert.AreEqual(Content, File.ReadAllBytes(await downloading.Fetch(server)));
        Assert.IsNull(server.Requests[2].From);
    }

    [TestMethod]
    public async Task A_416_to_a_request_for_all_is_an_error()
    {
        using var server = new StandIn(_ => Answer.Error("416 Range Not Satisfiable"));
        using var downloading = new Downloading();
        Assert.Contains("answers 416", await Refused.With(() => downloading.Fetch(server)));
    }

    [TestMethod]
    public async Task A_file_that_changes_half_way_is_begun_anew()
    {
        using var server = new StandIn(
            asked => Answer.File(asked, Other, "\"old\"") with { CutAt = Half },
            asked => Answer.File(asked, Content, "\"new\"")
        );
        using var downloading = new Downloading();
        CollectionAssert.AreEqual(Content, File.ReadAllBytes(await downloading.Fetch(server)));
        Assert.AreEqual("pebbles.tar.gz changed on the server while it was downloaded. Starting over.", downloading.Recorder.Notes[^1]);
    }

    [TestMethod]
    public async Task A_file_that_changes_unsaid_is_found_by_the_checksum_and_begun_anew()
    {
        using var server = new StandIn(
            asked => Answer.File(asked, Other, null) with { CutAt = Half },
            asked => Answer.File(asked, Content, null)
        );
        using var downloading = new Downloading();
        CollectionAssert.AreEqual(Content, File.ReadAllBytes(await downloading.Fetch(server)));
        Assert.HasCount(3, server.Requests);
        Assert.IsNull(server.Requests[2].From);
        Assert.Contains("has the SHA-256", downloading.Recorder.Notes[^1]);
    }

    [TestMethod]
    public async Task A_file_that_keeps_changing_is_given_up()
    {
        var version = 0;
        using var server = new StandIn(asked => Answer.File(asked, Other, $"\"{++version}\"") with { CutAt = Half });
        using var downloading = new Downloading();
        Assert.Contains("changed on the server while it was downloaded", await Refused.With(() => downloading.Fetch(server)));
        Assert.HasCount(4, server.Requests);
        Assert.IsEmpty(downloading.Left);
    }

    [TestMethod]
    public async Task A_file_of_another_content_is_refused_after_one_request_and_thrown_away()
    {
        using var server = new StandIn(asked => Answer.File(asked, Other));
        using var downloading = new Downloading();
        Assert.Contains(
            $"what {server.At(Pebbles.Name)} sends is not the published {Pebbles.Name}",
            await Refused.With(() => downloading.Fetch(server))
        );
        Assert.HasCount(1, server.Requests);
        Assert.IsEmpty(downloading.Left);
    }

    [TestMethod]
    public async Task MD5_serves_where_nothing_else_is_published()
    {
        // An MD5 that md5sum gave, of a content that is fixed.
        var source = Pebbles.Source with { Bytes = 11, Sha256 = null, Md5 = "5eb63bbbe01eeed093cb22bb8f5acdc3" };
        using var server = new StandIn(
            asked => Answer.File(asked, "hello world"u8.ToArray()),
            asked => Answer.File(asked, "hello World"u8.ToArray())
        );
        using var right = new Downloading();
        await right.Fetch(server, source);
        using var wrong = new Downloading();
        Assert.Contains("has the MD5 ", await Refused.With(() => wrong.Fetch(server, source)));
    }

    [TestMethod]
    [DataRow(false, true)]
    [DataRow(true, true)]
    [DataRow(false, false)]
    [DataRow(true, false)]
    public async Task A_page_in_place_of_the_file_is_told_as_such(bool noLength, bool published)
    {
        using var server = new StandIn(_ => new Answer
        {
            Body = "\uFEFF\n<!DOCTYPE html><title>Please log in</title>"u8.ToArray(),
            NoLength = noLength,
        });
        using var downloading = new Downloading();
        var message = await Refused.With(() => downloading.Fetch(server, published ? null : Pebbles.Source with { Bytes = null }));
        Assert.Contains(": it is an HTML page, such as servers send for errors and log-ins", message);
        Assert.Contains("Ask the beach.", message);
        Assert.IsEmpty(downloading.Left);
    }

    [TestMethod]
    public async Task A_server_that_falls_silent_is_asked_again()
    {
        var time = new FakeTimeProvider();
        var reached = new TaskCompletionSource();
        using var server = new StandIn(asked => Answer.File(asked, Content) with { StallAt = Half }, asked => Answer.File(asked, Content));
        using var downloading = new Downloading
        {
            Options = new()
            {
                Timeout = TimeSpan.FromSeconds(60),
                FirstPause = TimeSpan.Zero,
                Time = time,
            },
            Recorder = new(p =>
            {
                if (p is { Stage: DataStage.Downloading, Bytes: Half })
                    reached.TrySetResult();
            }),
        };
        var fetch = downloading.Fetch(server, stop: TestContext.CancellationToken);
        await reached.Task;
        await Pass(time, () => server.Requests.Count == 2);
        CollectionAssert.AreEqual(Content, File.ReadAllBytes(await fetch));
        Assert.AreEqual(Half, server.Requests[1].From);
        Assert.Contains("no data for 60 s", downloading.Recorder.Notes[0]);
    }

    [TestMethod]
    public async Task A_server_that_never_answers_is_given_up()
    {
        var time = new FakeTimeProvider();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var downloading = new Downloading
        {
            Options = new()
            {
                Tries = 2,
                FirstPause = TimeSpan.FromSeconds(1),
                Time = time,
            },
        };
        var fetch = downloading.Fetch(new Uri($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/{Pebbles.Name}"));
        await Pass(time, () => fetch.IsCompleted);
        Assert.Contains("could not be downloaded: no data for 60 s, 2 times in a row. Ask the beach.", await Refused.With(() => fetch));
    }

    [TestMethod]
    [DataRow("404 Not Found")]
    [DataRow("403 Forbidden")]
    [DataRow("410 Gone")]
    public async Task An_answer_that_no_try_can_better_ends_it_at_once(string status)
    {
        using var server = new StandIn(_ => Answer.Error(status));
        using var downloading = new Downloading();
        Assert.AreEqual(
            $"{server.At(Pebbles.Name)} answers {status[..3]} ({status[4..]}). Ask the beach.",
            await Refused.With(() => downloading.Fetch(server))
        );
        Assert.HasCount(1, server.Requests);
    }

    [TestMethod]
    public async Task A_server_in_trouble_is_asked_again()
    {
        using var server = new StandIn(
            _ => Answer.Error("500 Internal Server Error"),
            _ => Answer.Error("429 Too Many Requests"),
            asked => Answer.File(asked, Content)
        );
        using var downloading = new Downloading();
        CollectionAssert.AreEqual(Content, File.ReadAllBytes(await downloading.Fetch(server)));
        Assert.Contains("the server answers 500 (Internal Server Error)", downloading.Recorder.Notes[0]);
    }

    [TestMethod]
    public async Task Redirects_are_followed_and_keep_the_range()
    {
        using var store = new StandIn(asked => Answer.File(asked, Content) with { CutAt = Half }, asked => Answer.File(asked, Content));
        using var server = new StandIn(_ => Answer.Redirect(store.At("deep/file").AbsoluteUri));
        using var downloading = new Downloading();
        CollectionAssert.AreEqual(Content, File.ReadAllBytes(await downloading.Fetch(server)));
        Assert.AreEqual(Half, store.Requests[1].From);
        Assert.HasCount(2, server.Requests);
    }

    [TestMethod]
    public async Task Redirects_in_a_circle_end()
    {
        using var server = new StandIn(asked => Answer.Redirect(asked.Target));
        using var downloading = new Downloading();
        Assert.AreEqual(
            $"{server.At(Pebbles.Name)} redirects again and again, last to /{Pebbles.Name}. Ask the beach.",
            await Refused.With(() => downloading.Fetch(server))
        );
    }

    [TestMethod]
    public async Task A_redirect_that_gives_up_encryption_is_not_followed()
    {
        using var certificate = Certificate();
        using var plain = new StandIn(asked => Answer.File(asked, Content));
        using var secure = new StandIn(certificate, asked =>
            asked.Target == "/here" ? Answer.File(asked, Content) : Answer.Redirect(plain.At(Pebbles.Name).AbsoluteUri)
        );
        using var downloading = new Downloading();
        await downloading.Fetch(secure.At("here"));
        using var redirected = new Downloading();
        Assert.AreEqual(
            $"{secure.At(Pebbles.Name)} redirects to {plain.At(Pebbles.Name)}, which is not encrypted: the tool does not follow it. Ask the beach.",
            await Refused.With(() => redirected.Fetch(secure))
        );
        Assert.IsEmpty(plain.Requests);
    }

    [TestMethod]
    [DataRow("file:///etc/passwd")]
    [DataRow("ftp://beach/pebbles.tar.gz")]
    [DataRow("data:,pebbles")]
    public async Task A_redirect_to_what_is_no_web_address_is_not_followed(string to)
    {
        using var server = new StandIn(_ => Answer.Redirect(to));
        using var downloading = new Downloading();
        var message = await Refused.With(() => downloading.Fetch(server));
        Assert.Contains("neither http nor https: the tool does not follow it. Ask the beach.", message);
        Assert.IsEmpty(downloading.Left);
    }

    [TestMethod]
    public async Task A_server_that_cannot_show_who_it_is_is_refused_at_once()
    {
        using var certificate = Certificate();
        using var secure = new StandIn(certificate, asked => Answer.File(asked, Content));
        using var downloading = new Downloading { TrustsAll = false };
        var message = await Refused.With(() => downloading.Fetch(secure));
        Assert.StartsWith($"{secure.At(Pebbles.Name)}: no secure connection (", message);
        Assert.IsEmpty(secure.Requests);
    }

    [TestMethod]
    public async Task A_server_that_is_not_there_is_told_in_a_sentence()
    {
        using var gone = new TcpListener(IPAddress.Loopback, 0);
        gone.Start();
        var port = ((IPEndPoint)gone.LocalEndpoint).Port;
        gone.Stop();
        using var downloading = new Downloading();
        Assert.Contains("no connection (", await Refused.With(() => downloading.Fetch(new Uri($"http://127.0.0.1:{port}/x"))));
        Assert.Contains(
            "the server's name cannot be resolved (",
            await Refused.With(() => downloading.Fetch(new Uri("http://beach.invalid/x")))
        );
    }

    [TestMethod]
    public async Task Who_stops_it_keeps_what_has_come()
    {
        using var stop = new CancellationTokenSource();
        using var server = new StandIn(asked => Answer.File(asked, Content) with { StallAt = Half }, asked => Answer.File(asked, Content));
        using var downloading = new Downloading
        {
            Recorder = new(p =>
            {
                if (p.Bytes == Half)
                    stop.Cancel();
            }),
        };
        await Assert.ThrowsAsync<OperationCanceledException>(() => downloading.Fetch(server, stop: stop.Token));
        Assert.AreEqual(Half, new FileInfo(downloading.Partial).Length);
        CollectionAssert.AreEqual(Content, File.ReadAllBytes(await downloading.Fetch(server, stop: TestContext.CancellationToken)));
        Assert.AreEqual(Half, server.Requests[1].From);
    }

    [TestMethod]
    public async Task Bytes_whose_origin_nobody_noted_are_worth_nothing()
    {
        using var server = new StandIn(asked => Answer.File(asked, Content));
        foreach (var note in new[] { null, "", "{ not json", "null", "{}" })
        {
            using var downloading = new Downloading();
            File.WriteAllBytes(downloading.Partial, Other[..Half]);
            if (note is not null)
                File.WriteAllText(downloading.Partial + ".json", note);
            CollectionAssert.AreEqual(Content, File.ReadAllBytes(await downloading.Fetch(server)));
            Assert.IsNull(server.Requests[^1].From);
        }
    }

    [TestMethod]
    public async Task A_full_disk_is_told_as_such_and_what_has_come_is_kept()
    {
        using var folder = new TemporaryFolder();
        if (!OperatingSystem.IsLinux() || !Run("mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", folder.Path))
            Assert.Inconclusive("needs the right to mount a small disk, which this process does not have");
        try
        {
            using var server = new StandIn(asked => Answer.File(asked, Content));
            using var handler = new SocketsHttpHandler { UseProxy = false };
            using var http = new HttpClient(handler);
            var downloader = new Downloader(http, new DownloadOptions(), new Recorder());
            var message = await Refused.With(() =>
                downloader.Fetch(new Download(Pebbles.Source, server.At(Pebbles.Name), folder.Path, ""), TestContext.CancellationToken)
            );
            Assert.AreEqual(
                $"cannot write {folder.At(Pebbles.Name)}: the disk is full. Make room and repeat the command: finished runs are kept.",
                message
            );
            Assert.HasCount(1, server.Requests, "a full disk is no fault of the network");
            var kept = File.ReadAllBytes(folder.At(Pebbles.Name));
            Assert.IsNotEmpty(kept);
            CollectionAssert.AreEqual(Content[..kept.Length], kept);
        }
        finally
        {
            Run("umount", folder.Path);
        }
    }

    [TestMethod]
    public void Waits_double_and_are_bounded()
    {
        var options = new DownloadOptions();
        Assert.AreSequenceEqual(new double[] { 1, 2, 4, 8, 16, 30, 30 }, Enumerable.Range(1, 7).Select(n => options.Pause(n).TotalSeconds));
        Assert.AreEqual(30, options.Pause(100_000).TotalSeconds);
    }

    /// <summary>Lets time pass until something has come about.</summary>
    private static async Task Pass(FakeTimeProvider time, Func<bool> done)
    {
        while (!done())
        {
            time.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(5);
        }
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var own = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pfx), null);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false }
        )!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
