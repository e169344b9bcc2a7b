namespace Tame.Generator.Tests.Flow;

/// <summary>The signatures of the primitives, as far as flow analysis reads them.</summary>
internal static class PrimitivesStub
{
    public const string Source = """
        #nullable enable
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using Tame;
        global using static Tame.Primitives;

        namespace Tame
        {
            public readonly struct Event { public void Trigger() { } }
            public readonly struct Event<T> { public void Trigger(T value) { } }
            public readonly struct Event<T1, T2> { }
            public sealed class Rendezvous { }
            public sealed class Rendezvous<TId> { }

            public static class Primitives
            {
                public static CompilerServices.TwaitBlock twait() => default;
                public static void twait(Rendezvous rendezvous) { }
                public static void twait<TId>(Rendezvous<TId> rendezvous) { }
                public static void twait<TId>(Rendezvous<TId> rendezvous, out TId id) => id = default!;
                public static void twait<TId>(Rendezvous<TId> rendezvous, out TId id, out Exception? error) { id = default!; error = null; }
                public static Event mkevent() => default;
                public static Event<T> mkevent<T>(out T? slot) { slot = default; return default; }
                public static Event<T1, T2> mkevent<T1, T2>(out T1? slot1, out T2? slot2) { slot1 = default; slot2 = default; return default; }
                public static Event mkevent<TId>(Rendezvous<TId> rendezvous, TId id) => default;
                public static Event<T> mkevent<TId, T>(Rendezvous<TId> rendezvous, TId id, out T? slot) { slot = default; return default; }
            }
        }

        namespace Tame.CompilerServices
        {
            public readonly ref struct TwaitBlock { public void Dispose() { } }
        }

        /// What the bodies under test call.
        public class World
        {
            public static void Go(Event e) { }
            public static void Go<T>(Event<T> e) { }
            public static void Go<T1, T2>(Event<T1, T2> e) { }
            public static void Use(params ReadOnlySpan<object?> values) { }
            public static void UseSpan(ReadOnlySpan<int> values) { }
            public static int Next() => 0;
            public static bool Maybe() => true;
            public static object? Any() => null;
            public static bool Try(out int value) { value = 0; return true; }
            public static bool TryAny<T>(out T value) { value = default!; return true; }
            public static void Set(out int value) => value = 0;
            public static void Change(ref int value) { }
            public static ref int Where() => throw new InvalidOperationException();
            public static IDisposable Open() => throw new InvalidOperationException();
            public static (int, string) Pair() => default;
            public static Rendezvous<int> Ids = new();
        }

        public struct Point { public int X; public int Y; public void Move() { } public int Sum => X + Y; }
        public struct Line { public Point From; public Point To; }
        public class Node { public Node? Next; public int Value; public Point Where; }
        """;
}
