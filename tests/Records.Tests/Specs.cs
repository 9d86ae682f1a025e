using System.Text.Json.Nodes;
using Sat.Records.Specs;

namespace Sat.Records.Tests;

static class Specs
{
    public static RunSpec Sat =>
        new()
        {
            Dataset = new ComponentSpec
            {
                Id = "pebbles",
                Variant = "published",
                Files = new Dictionary<string, string> { ["a.bin"] = new('0', 64) },
            },
            Noise = Component("blur", """{"rate":0.4,"redraw":"all-classes"}"""),
            Model = Component("net", """{"width":64}"""),
            Method = Component("adaptive", """{"alpha":0.9,"start-epoch":60}"""),
            Training = new TrainingSpec
            {
                Optimizer = Component("descent", """{"lr":0.1}"""),
                Schedule = Component("bend", """{"milestones":[40,80]}"""),
                Augmentation = Component("shift", "{}"),
            },
            Seed = 1,
        };

    public static ComponentSpec Component(string id, string options) => new() { Id = id, Options = JsonNode.Parse(options)!.AsObject() };
}
