namespace Demo
{
    using System.Text;

    namespace Inner
    {
        using Map = Dictionary<string, int>;

        public partial class Box<T>
            where T : class
        {
            public partial record struct Nested<U>
            {
                [Tamed] internal static partial void Copy<V>(T from, U[] into, V value, Event<V> done) where V : struct, IComparable<V>;

                private static void CopyBody<V>(T from, U[] into, V value, Event<V> done)
                    where V : struct, IComparable<V>
                {
                    var map = new Map();
                    using (twait()) asap(mkevent());
                    map["x"] = new StringBuilder(from.ToString()).Length;
                    done.Trigger(value);
                }
            }
        }
    }
}
