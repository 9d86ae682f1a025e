using static TorchSharp.torch;

namespace Sat.Sdk;

/// <summary>A method around one classifier with an output a class; a base class for most supervised methods.</summary>
public abstract class ClassifierMethod : Method, IClassifier, IOutputs, IHasBackbone
{
    /// <summary>Builds the task's backbone with a head of one output a class.</summary>
    protected ClassifierMethod(TrainingTask task)
        : this(task, task.CreateClassifier(task.Classes.Count)) { }

    /// <summary>Builds the task's backbone with a head of one output a class and more, such as an abstention.</summary>
    /// <param name="task">What it is trained on.</param>
    /// <param name="extraOutputs">Outputs after those of the classes, at least 0.</param>
    protected ClassifierMethod(TrainingTask task, int extraOutputs)
        : this(task, task.CreateClassifier(task.Classes.Count + extraOutputs)) { }

    private ClassifierMethod(TrainingTask task, Classifier model)
        : base(task, model) => Model = model;

    /// <summary>The classifier.</summary>
    public Classifier Model { get; }

    /// <inheritdoc/>
    public Backbone Backbone => Model.Backbone;

    /// <inheritdoc/>
    public virtual Tensor Outputs(Tensor images) => Model.call(images);

    /// <inheritdoc/>
    public virtual Tensor Logits(Tensor images)
    {
        var outputs = Outputs(images);
        return outputs.shape[1] == Task.Classes.Count ? outputs : outputs.narrow(1, 0, Task.Classes.Count);
    }
}
