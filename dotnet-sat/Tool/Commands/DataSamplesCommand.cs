using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Sat.Engine.Data;
using Sat.Engine.Interop;
using Sat.Hosting;
using Sat.Records;
using Sat.Records.Components;
using Sat.Sweeps.Planning;
using Sat.Tool.Completion;
using Sat.Tool.Display;
using Sat.Tool.Sweeping;

namespace Sat.Tool.Commands;

/// <summary><c>data samples ID</c>: what the samples of a dataset are, in its order, for those who write label files.</summary>
internal static class DataSamplesCommand
{
    private const string Test = "test";
    private const string Train = "train";

    public static Command Create()
    {
        var id = new Argument<string>("ID")
        {
            HelpName = "ID",
            Description = "The dataset, as 'data list' shows it",
            CompletionSources = { Candidates.Ids(ComponentKind.Dataset) },
        };
        var split = new Option<string>("--split")
        {
            Description = "The samples to list: train or test",
            HelpName = "SPLIT",
            DefaultValueFactory = _ => Train,
        };
        split.AcceptOnlyFromAmong(Train, Test);
        var (data, set, plugins) = (SharedOptions.Data(), SharedOptions.Set(), SharedOptions.Plugin());
        set.Description = "Set an option of the dataset, such as dataset.path=photos; may be repeated";
        var command = new ToolCommand(
            "samples",
            "List the samples of a dataset in its order, as CSV: index, file and label. The noise 'from-file' reads such a list, edited or not.",
            "data samples image-folder --set dataset.path=photos",
            "data samples cifar10 --split test"
        )
        {
            id,
            split,
            set,
            data,
            plugins,
        };
        command.SetAction(parsed =>
        {
            using var host = ToolHost.Build(parsed.GetValue(plugins));
            var catalog = host.Services.GetRequiredService<ComponentCatalog>();
            var root = DataCommand.Root(host.Services, parsed.GetValue(data));
            var dataset = DatasetPlanner.Resolve(catalog, root, parsed.GetValue(id)!, parsed.GetValue(set)!);
            LibTorch.Load();
            var samples = SampleList.Read(
                host.Services.GetRequiredService<PluginHost>(),
                dataset.Spec,
                dataset.Paths,
                test: parsed.GetValue(split) == Test
            );
            using var output = Terminal.BufferedOut();
            output.Write(samples.ToCsv());
            return ExitCode.Fine;
        });
        return command;
    }
}
