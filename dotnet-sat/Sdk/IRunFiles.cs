using Sat.Records;
using Sat.Records.Figures;

namespace Sat.Sdk;

/// <summary>Where a component leaves files and figures of its own, in its run's folder. Their checksums are recorded with the run's other
/// outputs, and equal runs must have equal ones: no times, no paths.</summary>
public interface IRunFiles
{
    /// <summary>Writes a file among the run's outputs, whole or not at all.</summary>
    /// <param name="name">Kebab-case with an extension, such as <c>robust.npy</c>; at most 64 characters.</param>
    /// <param name="write">Writes its content.</param>
    /// <exception cref="SatException">The name is none (exit code 3).</exception>
    void Write(string name, Action<Stream> write);

    /// <summary>Leaves a figure, which reports draw for each cell of the sweep.</summary>
    /// <param name="name">Kebab-case, such as <c>confidence-histogram</c>, at most 64 characters; the same in every run.</param>
    /// <param name="figure">What it shows.</param>
    /// <exception cref="SatException">The name is none, or the figure cannot be drawn (exit code 3).</exception>
    void Draw(string name, Figure figure);
}
