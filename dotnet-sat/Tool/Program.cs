using System.Globalization;
using Sat.Tool;
using Sat.Tool.Display;

// A plugin that reads or writes numbers in the culture of its process gives the same everywhere.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
StandardStreams.Guard();

// Not by returning: a thread that a plugin left would keep the process for ever.
Environment.Exit(await CommandLine.Run(args));
