using Sat.Sdk;

namespace Sat.Methods.SelfSupervised;

/// <summary>
/// Regression onto the outputs of a second encoder with random weights of its own, which never change: what can be
/// learned where nothing is bootstrapped (arXiv 2006.07733, section 3).
/// </summary>
sealed class RandomTargets(TrainingTask task, RegressionOptions options) : TargetRegression(task, options, views: 2);
