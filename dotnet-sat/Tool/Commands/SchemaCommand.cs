using System.CommandLine;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Sat.Hosting;
using Sat.Records;
using Sat.Records.Json;
using Sat.Sweeps.Schemas;
using Sat.Tool.Files;
using Sat.Tool.Sweeping;

namespace Sat.Tool.Commands;

/// <summary><c>schema</c>: the grammar of study files, for editors.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        var to = new Option<string?>("--to")
        {
            Description = "File to write, replaced if it exists [default: standard output]",
            HelpName = "FILE",
        };
        var plugins = SharedOptions.Plugin();
        var command = new ToolCommand(
            "schema",
            "Write the JSON Schema of study files, with the components of all installed plugins and their options. Editors with a YAML language server then complete and check a study that has the line '# yaml-language-server: $schema=study.schema.json'.",
            "schema --to study.schema.json",
            "schema"
        )
        {
            to,
            plugins,
        };
        command.SetAction(parsed =>
        {
            using var host = ToolHost.Build(parsed.GetValue(plugins));
            var schema = StudyJsonSchema.For(host.Services.GetRequiredService<PluginHost>().Catalog);
            var text = SatJson.WriteIndented(schema);
            if (parsed.GetValue(to) is not { } file)
            {
                Console.Out.Write(text);
                return ExitCode.Fine;
            }
            var path = Path.GetFullPath(file);
            UserFile.Write(path, s => s.Write(Encoding.UTF8.GetBytes(text)));
            Console.Out.WriteLine(path);
            return ExitCode.Fine;
        });
        return command;
    }
}
