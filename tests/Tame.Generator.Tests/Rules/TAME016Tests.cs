using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME016Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME016");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["Type parameter 'T' around tamed method 'Put' hides that of 'Store', so generated code could not name types that use the hidden one; rename 'T'"],
        await s_rule.Reports("""
        public partial class Store<T>
        {
            [Tamed] public partial void Put<[|T|]>(T item, Event done);
            private void PutBody<T>(T item, Event done) => done.Trigger();
        }
        """));

    [Theory]
    [InlineData("""
        public partial class Store<T>
        {
            public partial class Shelf<U, [|T|]>
            {
                [Tamed] public static partial void Put(T item, Event done);
                private static void PutBody(T item, Event done) => done.Trigger();
            }
        }
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code);

    [Theory]
    [InlineData("""
        public partial class Store<T>
        {
            public partial class Shelf<U>
            {
                [Tamed] public partial void Put<V>(T t, U u, V item, Event done);
                private void PutBody<V>(T t, U u, V item, Event done) => done.Trigger();
            }
        }

        public partial class Other<T> : Store<T>
        {
            [Tamed] public static partial void Put<U>(U item, Event done);
            private static void PutBody<U>(U item, Event done) => done.Trigger();
        }
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}
