using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sat.Hosting;
using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Plans;
using Sat.Reports.Published;
using Sat.Sweeps.Planning;
using Sat.Sweeps.Studies;
using Sat.Tool.Display;
using Sat.Tool.Processes;

namespace Sat.Tool.Sweeping;

/// <summary>From a study to its plan, with what the tool knows.</summary>
internal static class Planning
{
    /// <summary>Plans a study, and warns of what is odd about it; published values it names must exist, and the plugins it needs be
    /// loadable.</summary>
    /// <remarks>A study that is planned again has had its notes and warnings.</remarks>
    /// <exception cref="SatException">Everything that is wrong.</exception>
    public static Plan Plan(
        IHost host,
        Study study,
        string? data,
        IReadOnlyList<string> overrides,
        string? preset = null,
        bool allowNoEffect = false,
        bool allowMissingData = false,
        bool isAgain = false
    )
    {
        var catalog = host.Services.GetRequiredService<ComponentCatalog>();
        using var progress = new LateProgress();
        var plan = Planner.Plan(
            study,
            catalog,
            new PlanOptions
            {
                DataRoot = data is null ? host.Services.GetRequiredService<SatHome>().Data : Path.GetFullPath(data),
                Tool = ToolInfo.Version,
                Overrides = overrides,
                Preset = preset,
                AllowNoEffect = allowNoEffect,
                AllowMissingData = allowMissingData,
                Watcher = progress.Tell,
                Baselines = BaselineLibrary.Freeze,
            }
        );
        progress.Dispose();
        plan = plan with { Warnings = [.. plan.Warnings, .. OwnBaselines.Warnings(plan, catalog)] };
        host.Services.GetRequiredService<PluginHost>().RequireFiles(plan.Runs.Select(r => r.Request.Spec));
        if (isAgain)
            return plan;
        foreach (var note in plan.Notes)
            Console.Error.WriteLine($"note: {note}");
        foreach (var warning in plan.Warnings)
            Console.Error.WriteLine($"warning: {warning}");
        return plan;
    }
}
