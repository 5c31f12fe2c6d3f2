// A soft count beneath a text: how many words there are, and how many are enough. Never a block.
export function countWords(box) {
  const [least, most] = box.dataset.words.split(" ");
  const said = document.createElement("p");
  said.className = "app-words";
  box.after(said);
  const count = () => {
    const words = box.value.trim().split(/\s+/).filter(Boolean).length;
    said.textContent = `${words} ${words === 1 ? "word" : "words"}; ${least} to ${most} are enough`;
  };
  box.addEventListener("input", count);
  count();
}
