using System.Globalization;
using Sat.Records.Options;
using Sat.Sdk;

namespace Ledger;

public sealed class LedgerPlugin : IPlugin
{
    public void Register(IPluginRegistry registry) =>
        registry.AddSink<CsvOptions>("csv", "Writes the metrics of each epoch as a line of a table", (context, options) =>
            new CsvSink(context, options)
        );
}

public sealed record CsvOptions
{
    [Option("Between two cells")]
    public string Separator { get; init; } = ",";
}

internal sealed class CsvSink(SinkContext context, CsvOptions options) : IRunSink
{
    private readonly string _file = Path.Combine(context.Folder, "metrics.csv");

    public void EpochEnded(EpochReport epoch)
    {
        if (epoch.Metrics is not { } metrics)
            return;
        if (metrics.Epoch == 1)
            File.WriteAllText(_file, Line(["epoch", .. metrics.Values.Keys]));
        File.AppendAllText(_file, Line([Text(metrics.Epoch), .. metrics.Values.Values.Select(Text)]));
    }

    private string Line(IEnumerable<string> cells) => string.Join(options.Separator, cells) + "\n";

    private static string Text<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
