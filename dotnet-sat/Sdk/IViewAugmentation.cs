namespace Sat.Sdk;

/// <summary>An augmentation that treats the views of an image differently (BYOL always blurs the first and rarely the second). On its own
/// it makes the first view.</summary>
public interface IViewAugmentation : IAugmentation
{
    /// <summary>What makes a view.</summary>
    /// <param name="view">Counted from 0; any number, whatever number of views the augmentation was published for.</param>
    IAugmentation View(int view);
}
