namespace Sat.Evaluations.Robustness;

/// <summary>How far an attack by PGD is.</summary>
/// <param name="Done">Blocks done.</param>
/// <param name="Robust">A number for each image of the blocks that are done: 1 where it kept its class.</param>
/// <param name="Natural">How many of them get their class as they are.</param>
/// <param name="WithoutGradient">How many of these have no gradient.</param>
sealed record PgdState(int Done, byte[] Robust, long Natural, long WithoutGradient)
{
    /// <summary>Before the first block.</summary>
    public static PgdState None { get; } = new(0, [], 0, 0);
}
