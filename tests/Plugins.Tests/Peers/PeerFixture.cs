using System.Text.Json.Nodes;
using Sat.Methods.Supervised.Tests;

namespace Sat.Methods.Peers.Tests;

/// <summary>A trace of a method's losses on random logits, made from the papers' formulas by <c>Fixtures/peers/losses.py</c>.</summary>
sealed record PeerFixture(string Method, JsonObject Options, long Classes, long[] Labels, LogitsStep[] Steps)
{
    public static PeerFixture Read(string name) => Fixture.Read<PeerFixture>("peer-" + name);
}
