using System.Globalization;
using Sat.SyntheticSweeps;

if (args is not [var folder, var runs, var epochs, .. var rest] || rest is not ([] or ["hostile"]))
{
    await Console.Error.WriteLineAsync("usage: Sat.SyntheticSweeps FOLDER RUNS EPOCHS [hostile]");
    return 2;
}
SyntheticSweep.Write(
    folder,
    int.Parse(runs, CultureInfo.InvariantCulture),
    int.Parse(epochs, CultureInfo.InvariantCulture),
    rest is [] ? SweepNames.Plain : SweepNames.Hostile
);
return 0;
