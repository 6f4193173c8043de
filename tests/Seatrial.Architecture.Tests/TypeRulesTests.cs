namespace Seatrial.Architecture.Tests;

public sealed class TypeRulesTests
{
    [Theory]
    [InlineData(typeof(Open), true)]
    [InlineData(typeof(OpenRoot), true)]
    [InlineData(typeof(Closed), false)]
    [InlineData(typeof(ClosedRoot), false)]
    [InlineData(typeof(ClosedRecord), false)]
    [InlineData(typeof(TypeRules), false)]
    [InlineData(typeof(IWide), false)]
    [InlineData(typeof(int), false)]
    public void An_open_class_is_found(Type type, bool isFound) => Assert.Equal(isFound, TypeRules.IsOpen(type));

    [Theory]
    [InlineData(typeof(StringHelper), true)]
    [InlineData(typeof(Box<>.CrateInfo), true)]
    [InlineData(typeof(OperationalManager), false)]
    [InlineData(typeof(Closed), false)]
    public void An_empty_name_is_found(Type type, bool isFound) =>
        Assert.Equal(isFound, TypeRules.IsNamedEmptily(type));

    [Fact]
    public void An_async_void_is_found()
    {
        Assert.True(TypeRules.HasAsyncVoid(typeof(Open)));
        Assert.False(TypeRules.HasAsyncVoid(typeof(Closed)));
    }

    [Theory]
    [InlineData(typeof(IWide), true)]
    [InlineData(typeof(INarrow), false)]
    public void A_wide_interface_is_found(Type type, bool isFound) =>
        Assert.Equal(isFound, TypeRules.IsWideInterface(type));

    private interface INarrow
    {
        int A { get; set; }

        int B { get; set; }

        int C { get; set; }

        void D();

        event EventHandler E;
    }

    private interface IWide
    {
        int A { get; set; }

        void B();

        void C();

        void D();

        void E();

        void F();
    }

#pragma warning disable CA1852 // It has to be open, to be found.
    private class Open
    {
        public static async void RunAsync() => await Task.CompletedTask;
    }
#pragma warning restore CA1852

    private abstract class OpenRoot;

    private sealed class Closed
    {
        public static async Task RunAsync() => await Task.CompletedTask;
    }

    private abstract class ClosedRoot
    {
        private ClosedRoot()
        {
        }
    }

    private abstract record ClosedRecord
    {
        private ClosedRecord()
        {
        }
    }

    private static class StringHelper;

    private static class OperationalManager;

    private static class Box<T>
    {
        public static class CrateInfo;
    }
}
