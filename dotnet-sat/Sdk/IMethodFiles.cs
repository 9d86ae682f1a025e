namespace Sat.Sdk;

/// <summary>A method that leaves files and figures of its own beside the run's, such as a loss for each sample.</summary>
public interface IMethodFiles
{
    /// <summary>Called once, when training has ended and the networks have their final weights, in evaluation mode and without gradients.
    /// Tensors that are made in it are disposed by the host.</summary>
    void WriteFiles(IRunFiles files);
}
