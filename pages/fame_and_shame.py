import streamlit as st

st.title("Fame and shame")
