namespace Sat.Sdk;

/// <summary>A method with numbers that decide how training goes on: counters, a best value, a threshold.</summary>
public interface IMethodNumbers
{
    /// <summary>Names each number. Called when a checkpoint is written, to read them, and when a run resumes, to put them back; it must do
    /// nothing else.</summary>
    void Numbers(IStateNumbers numbers);
}
