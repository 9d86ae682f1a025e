using System.Globalization;
using Sat.Tool;

// A plugin that reads or writes numbers in the culture of its process gives the same everywhere.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
StandardStreams.Guard();
return await CommandLine.Run(args);
