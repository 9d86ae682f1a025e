using System.CommandLine;
using System.CommandLine.Invocation;
using Sat.Tool.Processes;

namespace Sat.Tool.Commands;

/// <summary>The version with its commit.</summary>
internal sealed class PrintVersion : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine(ToolInfo.Version);
        return 0;
    }
}
