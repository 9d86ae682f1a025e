using Sat.Engine.Interop;
using Sat.Engine.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Sat.Engine.Tests;

/// <summary>Every function that is called by its mangled name, against what TorchSharp or plain arithmetic gives.</summary>
[TestClass]
public sealed class InteropTests
{
    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void The_libtorch_that_comes_with_the_tool_has_them_all()
    {
        LibTorch.Load();
        foreach (var function in NativeFunctions.All)
            Assert.IsTrue(function.IsThere, function.Declaration);
        Assert.HasCount(0, NativeFunctions.NotServed());
    }

    [TestMethod]
    public void Autocast_multiplies_matrices_in_the_lower_precision_until_it_ends_and_on_this_thread_alone()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (rand(4, 5), rand(5, 3));
        ScalarType Type() => a.mm(b).dtype;

        Autocast.Begin(DeviceType.CPU, ScalarType.BFloat16);
        var within = Type();
        ScalarType? elsewhere = null;
        var thread = new Thread(() => elsewhere = Type());
        thread.Start();
        thread.Join();
        Autocast.Begin(DeviceType.CPU, ScalarType.BFloat16);
        Autocast.End(DeviceType.CPU);
        var stillWithin = Type();
        Autocast.End(DeviceType.CPU);
        Autocast.Begin(DeviceType.CPU, ScalarType.Float16);
        var half = Type();
        Autocast.End(DeviceType.CPU);

        Assert.AreEqual(
            (ScalarType.BFloat16, (ScalarType?)ScalarType.Float32, ScalarType.BFloat16, ScalarType.Float16, ScalarType.Float32),
            (within, elsewhere, stillWithin, half, Type())
        );
    }

    [TestMethod]
    public void What_autocast_cast_is_forgotten_when_it_ends()
    {
        using var scope = NewDisposeScope();
        using var linear = nn.Linear(1, 1, hasBias: false);
        float Output()
        {
            Autocast.Begin(DeviceType.CPU, ScalarType.BFloat16);
            var output = linear.forward(ones(1, 1));
            Autocast.End(DeviceType.CPU);
            return output.to(ScalarType.Float32).item<float>();
        }
        void Set(double value)
        {
            using var noGradients = no_grad();
            linear.weight!.fill_(value);
        }

        Set(2);
        Assert.AreEqual(2f, Output());
        Set(3);
        Assert.AreEqual(3f, Output());
    }

    [TestMethod]
    public void The_search_for_the_fastest_kernels_can_be_turned_on_and_off()
    {
        Kernels.SearchesForFastest = true;
        Assert.IsTrue(Kernels.SearchesForFastest);
        Kernels.SearchesForFastest = false;
        Assert.IsFalse(Kernels.SearchesForFastest);
    }

    [TestMethod]
    [DataRow(1f, 0f)]
    [DataRow(float.PositiveInfinity, 1f)]
    [DataRow(float.NegativeInfinity, 1f)]
    [DataRow(float.NaN, 1f)]
    public void Gradients_are_divided_by_the_scale_and_one_that_is_not_finite_is_found_wherever_it_is(float last, float overflow)
    {
        using var scope = NewDisposeScope();
        using var scaler = new LossScaler(CPU);
        var (first, second) = (rand(1000), rand(3, 2));
        second[2, 1] = last;
        var (before, scale) = (first.clone(), scaler.State["scale"].item<float>());

        var found = scaler.Unscale([first, second]);

        Assert.AreEqual(overflow, found.item<float>());
        Assert.IsTrue((before / scale).equal(first).all().item<bool>());
    }

    [TestMethod]
    public void The_scale_is_halved_by_an_overflow_and_doubled_after_two_thousand_steps_without()
    {
        using var scope = NewDisposeScope();
        using var scaler = new LossScaler(CPU);
        float Scale() => scaler.State["scale"].item<float>();
        var (fine, overflow) = (zeros(1), ones(1));

        Assert.AreEqual(65536f, Scale());
        scaler.Update(overflow);
        Assert.AreEqual(32768f, Scale());
        for (var i = 0; i < 1999; i++)
            scaler.Update(fine);
        Assert.AreEqual(32768f, Scale());
        scaler.Update(fine);
        Assert.AreEqual(65536f, Scale());
        Assert.AreEqual(6f, scaler.Scale(tensor(3f / 32768)).item<float>());
    }
}
