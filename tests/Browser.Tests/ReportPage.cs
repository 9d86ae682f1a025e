using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Sat.Browser.Tests;

/// <summary>How a page is looked at.</summary>
/// <param name="Width">Of the window, in CSS pixels.</param>
/// <param name="Scheme">Light or dark.</param>
/// <param name="Media">Screen or print.</param>
public sealed record Sight(int Width, ColorScheme Scheme, Media Media = Media.Screen)
{
    public override string ToString() => $"{Width}-{Scheme}-{Media}".ToLowerInvariant();
}

/// <summary>A report opened from its file, and everything it did that a report must not do.</summary>
public sealed class ReportPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _offences = [];

    private ReportPage(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    public IPage Page { get; }

    /// <summary>Script errors, messages on the console, dialogs, windows, and requests for anything but the file itself.</summary>
    public IReadOnlyCollection<string> Offences => _offences;

    /// <summary>Opens a file and waits until it is whole.</summary>
    public static async Task<ReportPage> Open(string file, Sight sight)
    {
        var browser = await Chromium.Browser();
        var context = await browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = sight.Width, Height = 900 },
                ColorScheme = sight.Scheme,
            }
        );
        var url = new Uri(file).AbsoluteUri;
        var page = await context.NewPageAsync();
        var report = new ReportPage(context, page);
        context.Request += (_, request) => report.Blame(request.Url != url, $"request for {request.Url}");
        page.Console += (_, message) => report.Blame(blame: true, $"console {message.Type}: {message.Text}");
        page.PageError += (_, error) => report.Blame(blame: true, $"error: {error}");
        page.Popup += (_, popup) => report.Blame(blame: true, $"window {popup.Url}");
        page.Dialog += (_, dialog) =>
        {
            report.Blame(blame: true, $"dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        // Whatever it asks for gets no answer; that it asked is told by the event above.
        await context.RouteAsync("**/*", route => route.Request.Url == url ? route.ContinueAsync() : route.AbortAsync());
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = sight.Media, ColorScheme = sight.Scheme });
        await page.GotoAsync(url, new PageGotoOptions { WaitUntil = WaitUntilState.Load });
        return report;
    }

    /// <summary>Opens everything that is folded, as a reader may.</summary>
    public Task Unfold() => Page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");

    /// <summary>Opens the first of each kind of what is folded: the same elements again and again show nothing new.</summary>
    public Task UnfoldSome() =>
        Page.EvaluateAsync(
            """
            () => {
              const seen = new Set();
              for (const d of document.querySelectorAll('details')) {
                const kind = `${d.className} in ${d.parentElement.localName} ${d.parentElement.className}`;
                if (!seen.has(kind)) { seen.add(kind); d.open = true; }
              }
            }
            """
        );

    /// <summary>Keeps a picture of the whole page for people to look at, where the variable SAT_SCREENSHOTS names a folder.</summary>
    public async Task Picture(string name)
    {
        if (Environment.GetEnvironmentVariable("SAT_SCREENSHOTS") is { Length: > 0 })
            Keep(name + ".png", await Page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true }));
    }

    /// <summary>Keeps a file where the variable SAT_SCREENSHOTS names a folder.</summary>
    public static void Keep(string name, byte[] bytes)
    {
        if (Environment.GetEnvironmentVariable("SAT_SCREENSHOTS") is { Length: > 0 } folder)
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private void Blame(bool blame, string offence)
    {
        if (blame)
            _offences.Enqueue(offence);
    }
}
