using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sat.Engine;
using Sat.Hosting;
using Sat.Records;
using Sat.Tool.Processes;

namespace Sat.Tool.Sweeping;

/// <summary>The services of the commands that need any; help and version build none.</summary>
internal static class ToolHost
{
    /// <summary>Builds the services.</summary>
    /// <param name="plugins">Plugin folders for this one call.</param>
    public static IHost Build(IReadOnlyList<string>? plugins = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSingleton(SatHome.FromEnvironment());
        builder.Services.AddSingleton<PluginStore>();
        builder.Services.AddSingleton(services => Discover(services.GetRequiredService<SatHome>(), plugins ?? []));
        builder.Services.AddSingleton(services => services.GetRequiredService<PluginHost>().Catalog);
        builder.Services.AddSingleton(services => new RunWorker(services.GetRequiredService<PluginHost>()));
        return builder.Build();
    }

    private static PluginHost Discover(SatHome home, IReadOnlyList<string> plugins)
    {
        var host = PluginHost.Discover([ToolInfo.BuiltInPlugins, home.Plugins], plugins);
        foreach (var problem in host.Problems)
            Console.Error.WriteLine($"warning: {VisibleText.Message(problem.Message)}");
        return host;
    }
}
