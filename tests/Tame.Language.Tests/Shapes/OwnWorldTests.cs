#pragma warning disable IDE0065, CA1716, CA1720 // usings inside namespaces and types called like ours are what is tested

using Numbered = (int Number, string Text);
using unsafe Pointers = int*[];
using Table = System.Collections.Generic.Dictionary<string, System.Collections.Generic.List<(int Id, string Text)>>;
using Trigger = Tame.Event;

namespace Tame.Language.Tests.Shapes
{
    using Numbers = List<int>;

    /// <summary>A user whose types are called like ours, and like the system's.</summary>
    public sealed partial class OwnWorldTests
    {
        [Fact]
        public void A_namespace_of_the_users_may_hide_ours_and_the_systems() => Assert.Equal("mine 1 System.Int32[] 7", Trace.Of(Own.World.Run));

        [Fact]
        public void Aliases_of_every_kind_mean_in_the_generated_file_what_they_mean_here() => Assert.Equal("1 b 2 c 3 4", Trace.Of(Aliases));

        [Tamed] private static partial void Aliases(Trace trace, Trigger done);

        private static void AliasesBody(Trace trace, Trigger done)
        {
            Numbered pair = (1, "b");
            var table = new Table { ["x"] = [(2, "c")] };
            Numbers numbers = [3];
            using (twait()) asap(mkevent());
            trace.Add(pair.Number);
            trace.Add(pair.Text);
            trace.Add(table["x"][0].Id);
            trace.Add(table["x"][0].Text);
            trace.Add(numbers[0]);
            unsafe
            {
                using (twait()) Point(Four(), trace, mkevent());
            }

            done.Trigger();
        }

        private static unsafe Pointers Four() => new int*[4];

        [Tamed] private static unsafe partial void Point(Pointers pointers, Trace trace, Trigger done);

        private static unsafe void PointBody(Pointers pointers, Trace trace, Trigger done)
        {
            using (twait()) asap(mkevent());
            trace.Add(pointers.Length);
            done.Trigger();
        }
    }
}

namespace Tame.Language.Tests.Shapes.Own
{
    using IntArray = int[];

    namespace System
    {
        public class Int32;
        public class Exception : global::System.Exception;
        public static class Console;
    }

    namespace Tame
    {
        public class Event;
        public class Primitives;
    }

    public sealed class Event<T>
    {
        public T? Value { get; set; }
    }

    public sealed class Rendezvous;

    public static partial class World
    {
        public static class CompilerServices;

        [global::Tame.Tamed] public static partial void Run(Trace trace, global::Tame.Event done);

        private static void RunBody(Trace trace, global::Tame.Event done)
        {
            var own = new Event<string> { Value = "mine" };
            var r = new Rendezvous();
            IntArray array = [1];
            using (twait()) asap(mkevent());
            using (twait()) Take(own, mkevent(out array[0]));
            trace.Add(own.Value);
            trace.Add(array[0]);
            trace.Add(array);
            try
            {
                using (twait()) asap(mkevent());
                throw new System.Exception();
            }
            catch (System.Exception) when (r is not null)
            {
                trace.Add(7);
            }

            done.Trigger();
        }

        [global::Tame.Tamed] private static partial void Take(Event<string> own, global::Tame.Event<int> done);

        private static void TakeBody(Event<string> own, global::Tame.Event<int> done)
        {
            using (twait()) asap(mkevent());
            done.Trigger(own.Value is null ? 0 : 1);
        }
    }
}
