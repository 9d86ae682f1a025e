using Microsoft.Testing.Platform.Extensions.Messages;
using Microsoft.Testing.Platform.Extensions.TestFramework;
using Microsoft.Testing.Platform.Requests;

namespace Sat.Study.Testing;

/// <summary>Tells the platform what the reports say. Nothing is trained or judged here.</summary>
/// <param name="locks">The lock files of the studies.</param>
/// <param name="output">The folder with an output folder for each study.</param>
internal sealed class StudyFramework(IReadOnlyList<string> locks, string output) : ITestFramework, IDataProducer
{
    public string Uid => "Sat.Study";

    public string Version => typeof(StudyFramework).Assembly.GetName().Version!.ToString(3);

    public string DisplayName => "dotnet-sat studies";

    public string Description => "Expectations of studies and comparisons with published values";

    public Type[] DataTypesProduced => [typeof(TestNodeUpdateMessage)];

    public Task<bool> IsEnabledAsync() => Task.FromResult(true);

    public Task<CreateTestSessionResult> CreateTestSessionAsync(CreateTestSessionContext context) =>
        Task.FromResult(new CreateTestSessionResult { IsSuccess = true });

    public Task<CloseTestSessionResult> CloseTestSessionAsync(CloseTestSessionContext context) =>
        Task.FromResult(new CloseTestSessionResult { IsSuccess = true });

    public async Task ExecuteRequestAsync(ExecuteRequestContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var isDiscovery = context.Request is DiscoverTestExecutionRequest;
        var wanted = ((TestExecutionRequest)context.Request).Filter is TestNodeUidListFilter list
            ? list.TestNodeUids.Select(u => u.Value).ToHashSet(StringComparer.Ordinal)
            : null;
        foreach (var verdict in locks.SelectMany(l => StudyVerdicts.Read(l, output)).Where(v => wanted?.Contains(v.Id) != false))
        {
            var node = new TestNode
            {
                Uid = verdict.Id,
                DisplayName = verdict.Title,
                Properties = new PropertyBag(isDiscovery ? DiscoveredTestNodeStateProperty.CachedInstance : State(verdict)),
            };
            await context.MessageBus.PublishAsync(this, new TestNodeUpdateMessage(context.Request.Session.SessionUid, node));
        }
        context.Complete();
    }

    private static TestNodeStateProperty State(StudyVerdict verdict) =>
        verdict.Outcome switch
        {
            VerdictOutcome.Holds => new PassedTestNodeStateProperty(verdict.Sentence),
            VerdictOutcome.Fails => new FailedTestNodeStateProperty(verdict.Sentence),
            _ => new SkippedTestNodeStateProperty(verdict.Sentence),
        };
}
